package dev.vedette.cli;

import dev.vedette.evaluation.TransactionScoring;
import dev.vedette.evaluation.UnreadableFileException;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Decides about transactions of a CSV file through the code path of live decisions. */
@Command(
        name = "score-transactions",
        description = {
            "Learns transactions of one CSV file and decides about those of another: score,"
                    + " outcome and reasons of each.",
            "Columns: transaction_id, time, account, amount, and if known currency, merchant,"
                    + " country, channel; others are attributes. Labels are never read."
        },
        mixinStandardHelpOptions = true)
final class ScoreTransactionsCommand implements Callable<Integer> {
    @Option(names = "--train", required = true, description = "CSV file of past transactions.")
    private Path train = Path.of("");

    @Option(
            names = "--input",
            required = true,
            description = "CSV file of the transactions after them.")
    private Path input = Path.of("");

    @Option(names = "--output", required = true, description = "CSV file to write.")
    private Path output = Path.of("");

    @Option(
            names = "--review",
            defaultValue = "0.55",
            description = "Score from which a person should look. Default: ${DEFAULT-VALUE}.")
    private double review = 0.55;

    @Option(
            names = "--decline",
            defaultValue = "2",
            description =
                    "Score from which a transaction is declined, above 1 for never. Default:"
                            + " ${DEFAULT-VALUE}.")
    private double decline = 2;

    @Override
    public Integer call() {
        long begin = System.nanoTime();
        try {
            DecisionSettings settings = new DecisionSettings(review, decline, List.of());
            TransactionScoring.Report report =
                    new TransactionScoring(DecisionModel.MODELS, settings)
                            .run(train, input, output);
            System.out.printf(
                    "%s: learnt %d transactions, decided about %d in %.1f s; %d to look at%n",
                    output,
                    report.learnt(),
                    report.decided(),
                    (System.nanoTime() - begin) / 1e9,
                    report.flagged());
            return 0;
        } catch (NoSuchFileException e) {
            System.err.println("score-transactions: there is no file " + e.getFile());
        } catch (IOException e) {
            System.err.println("score-transactions: " + e.getMessage());
        } catch (UnreadableFileException | IllegalArgumentException e) {
            System.err.println("score-transactions: " + e.getMessage());
        }
        return 1;
    }
}
