package dev.vedette.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.transaction.model.ModelEnsemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableEvaluationTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void strangestRowHasTheHighestScore() throws IOException {
        List<String> scores = scores(table("0"));
        assertEquals("anomaly_score", scores.getFirst());
        assertEquals(102, scores.size());
        double strange = Double.parseDouble(scores.get(51));
        for (int i = 1; i < scores.size(); i++) {
            assertTrue(i == 51 || Double.parseDouble(scores.get(i)) < strange, "row " + i);
        }
    }

    @Test
    void labelsAreNeverRead() throws IOException {
        assertEquals(scores(table("0")), scores(table("no number at all")));
    }

    @Test
    void emptyFieldCountsAsUsual() throws IOException {
        List<String> scores = scores(table("0") + ",7,0\n");
        assertEquals(103, scores.size());
        assertTrue(Double.parseDouble(scores.getLast()) < Double.parseDouble(scores.get(51)));
    }

    @Test
    void shortLineIsNamed() {
        UnreadableFileException e =
                assertThrows(
                        UnreadableFileException.class, () -> scores("f0,f1,label\n1,2,0\n3\n"));
        assertTrue(String.valueOf(e.getMessage()).contains("line 3: 1 fields"), e.toString());
    }

    private static String table(String label) {
        StringBuilder text = new StringBuilder("f0,f1,label\n");
        for (int i = 0; i < 101; i++) {
            text.append(i == 50 ? 400 : i % 10).append(',').append(i % 7 + 4);
            text.append(',').append(label).append('\n');
        }
        return text.toString();
    }

    private List<String> scores(String table) throws IOException {
        Path file = folder.resolve("t.csv");
        Files.writeString(file, table);
        Path out = folder.resolve("out.csv");
        new TableEvaluation(ModelEnsemble.LEADING).run(file, out);
        return Files.readAllLines(out);
    }
}
