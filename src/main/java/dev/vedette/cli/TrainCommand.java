package dev.vedette.cli;

import dev.vedette.evaluation.TransactionScoring;
import dev.vedette.evaluation.UnreadableFileException;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.model.ModelKind;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains a model for transactions from a CSV file and says how it does. */
@Command(
        name = "train",
        description = {
            "Trains a model on the first part of a CSV file of transactions, by time, and tries it"
                    + " on the rest.",
            "A column label (1 or fraud, 0 or legitimate, empty for unknown) is used for the trial"
                    + " only."
        },
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--input", required = true, description = "CSV file of past transactions.")
    private Path input = Path.of("");

    @Option(names = "--output", required = true, description = "File to write the model to.")
    private Path output = Path.of("");

    @Option(
            names = "--share",
            defaultValue = "0.7",
            description = "Share of transactions to learn from. Default: ${DEFAULT-VALUE}.")
    private double share = 0.7;

    @Option(
            names = "--models",
            split = ",",
            description =
                    "Models: isolation-forest, nearest-neighbours, local-outlier-factor,"
                            + " autoencoder, ecod. Default: the first two.")
    private List<String> models = DecisionModel.MODELS.stream().map(ModelKind::id).toList();

    @Override
    public Integer call() {
        List<ModelKind> kinds = ModelKinds.of(models, spec);
        try {
            Training.Trial trial =
                    TransactionScoring.train(input, output, share, kinds, DecisionSettings.DEFAULT);
            print(trial);
            return 0;
        } catch (NoSuchFileException e) {
            System.err.println("train: there is no file " + e.getFile());
        } catch (IOException e) {
            System.err.println("train: " + e.getMessage());
        } catch (UnreadableFileException | IllegalArgumentException e) {
            System.err.println("train: " + e.getMessage());
        }
        return 1;
    }

    private void print(Training.Trial trial) {
        System.out.printf(
                Locale.ROOT,
                "%s: learnt %d transactions, tried on %d: %d to look at (%.2f %%)%n",
                output,
                trial.learnt(),
                trial.judged(),
                trial.flagged(),
                100 * trial.alertShare());
        trial.measures()
                .ifPresent(measures ->
                        System.out.printf(
                                Locale.ROOT,
                                "on %d labelled ones: AUROC %.3f, average precision %.3f%n",
                                trial.labelled(),
                                measures.auroc(),
                                measures.averagePrecision()));
    }
}
