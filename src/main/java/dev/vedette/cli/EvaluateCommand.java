package dev.vedette.cli;

import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.UnknownEngineException;
import dev.vedette.evaluation.FolderEvaluation;
import dev.vedette.evaluation.UnreadableFileException;
import dev.vedette.transaction.model.ModelEnsemble;
import dev.vedette.transaction.model.ModelKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs labelled sets through live detection, for the scorers. */
@Command(
        name = "evaluate",
        description = {
            "Runs every labelled set of a folder through live detection and writes the scores.",
            "Labels are never read."
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--data", required = true, description = "Folder with the labelled sets.")
    private Path data = Path.of("");

    @Option(names = "--out", required = true, description = "Folder to write the scores to.")
    private Path out = Path.of("");

    @Option(
            names = "--engine",
            defaultValue = "ensemble",
            description =
                    "Engine: ensemble, ewma, iqr, seasonal, isolation-forest, rcf. Default: ${DEFAULT-VALUE}.")
    private String engine = "ensemble";

    @Option(
            names = "--models",
            split = ",",
            description =
                    "Models for tables, taken together: isolation-forest, nearest-neighbours,"
                            + " local-outlier-factor, autoencoder, ecod. Default: the first two"
                            + " and ecod.")
    private List<String> models = ModelEnsemble.LEADING.stream().map(ModelKind::id).toList();

    @Override
    public Integer call() {
        if (!Files.isDirectory(data)) {
            System.err.println("evaluate: there is no folder " + data);
            return 1;
        }
        long begin = System.nanoTime();
        EngineRegistry engines = EngineRegistry.standard();
        try {
            engines.get(engine);
            FolderEvaluation evaluation =
                    new FolderEvaluation(
                            data,
                            out,
                            engines,
                            engine,
                            ModelKinds.of(models, spec),
                            System.out::println);
            long points = evaluation.run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("%s: %d values in %.1f s%n", out, points, seconds);
            return 0;
        } catch (IOException | UnreadableFileException | UnknownEngineException e) {
            System.err.println("evaluate: " + e.getMessage());
            return 1;
        }
    }
}
