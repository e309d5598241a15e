package dev.vedette.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.feature.Payments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TransactionScoringTest {
    private static final List<Transaction> STREAM = Payments.ordinary(1000, 5);

    @TempDir private Path folder = Path.of("");

    @Test
    void everyRowOfTheInputGetsScoreOutcomeAndReasons() throws IOException {
        String strange = "odd,%s,a1,9000,EUR,casino,BR,\n".formatted(STREAM.getLast().time());
        Path train = write("a.csv", csv(STREAM, "0"));
        Path input = write("b.csv", csv(List.of(), "") + strange);
        Path output = folder.resolve("o.csv");
        TransactionScoring.Report report = scoring().run(train, input, output);
        assertEquals(new TransactionScoring.Report(1000, 1, 1), report);
        List<String> lines = Files.readAllLines(output);
        assertEquals("transaction_id,score,outcome,reasons", lines.getFirst());
        assertTrue(lines.get(1).startsWith("odd,0."), lines.get(1));
        assertTrue(lines.get(1).contains(",review,"), lines.get(1));
        assertTrue(lines.get(1).contains("country BR is unusual"), lines.get(1));
    }

    @Test
    void streamIsLearntInPartAndTheRestScored() throws IOException {
        Path stream = write("s.csv", csv(STREAM, "0"));
        assertEquals(1000, scoring().evaluate(stream, folder.resolve("o.csv")));
        List<String> lines = Files.readAllLines(folder.resolve("o.csv"));
        assertEquals(1001, lines.size());
        assertTrue(lines.get(350).endsWith(",,,"), lines.get(350));
        assertEquals(4, lines.get(351).split(",", -1).length);
        assertTrue(!lines.get(351).contains(",,"), lines.get(351));
    }

    @Test
    void labelsAreNeverReadForScores() throws IOException {
        Path labelled = write("s.csv", csv(STREAM, "0"));
        Path other = write("t.csv", csv(STREAM, "whatever"));
        scoring().evaluate(labelled, folder.resolve("o1.csv"));
        scoring().evaluate(other, folder.resolve("o2.csv"));
        assertEquals(
                Files.readString(folder.resolve("o1.csv")),
                Files.readString(folder.resolve("o2.csv")));
    }

    @Test
    void trainedModelIsWrittenAndTried() throws IOException {
        Path past = write("p.csv", csv(STREAM, ""));
        Path model = folder.resolve("m.bin");
        Training.Trial trial =
                TransactionScoring.train(
                        past, model, 0.7, DecisionModel.MODELS, DecisionSettings.DEFAULT);
        assertEquals(700, trial.learnt());
        assertEquals(0, trial.labelled());
        assertTrue(Files.size(model) > 1000);
    }

    @Test
    void unreadableFieldIsNamedWithItsLine() throws IOException {
        Path bad = write("p.csv", "id,time,account,amount\n1,2026-01-01T00:00:00Z,a,-5\n");
        assertRefused("line 2: amount must be 0 or more", bad);
        assertRefused("has no column account", write("q.csv", "id,time,amount\n"));
        assertRefused("needs 100 transactions", write("r.csv", csv(STREAM.subList(0, 9), "0")));
    }

    private void assertRefused(String reason, Path file) {
        UnreadableFileException e =
                assertThrows(
                        UnreadableFileException.class,
                        () -> scoring().run(file, file, folder.resolve("o.csv")));
        assertTrue(String.valueOf(e.getMessage()).contains(reason), e.toString());
    }

    private static TransactionScoring scoring() {
        return new TransactionScoring(DecisionModel.MODELS, DecisionSettings.DEFAULT);
    }

    private static String csv(List<Transaction> transactions, String label) {
        StringBuilder text =
                new StringBuilder("tx_id,ts,user,amount,currency,merchant,country,label\n");
        for (Transaction one : transactions) {
            text.append(
                    "%s,%s,%s,%s,EUR,%s,%s,%s\n"
                            .formatted(
                                    one.id(),
                                    one.time(),
                                    one.account(),
                                    one.amount(),
                                    one.text("merchant").orElse(""),
                                    one.text("country").orElse(""),
                                    label));
        }
        return text.toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
