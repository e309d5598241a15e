package dev.vedette.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.transaction.model.ModelEnsemble;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderEvaluationTest {
    private static final String SERIES = "timestamp,value,label\n2026-01-05 00:00:00,1,0\n";

    @TempDir private Path folder = Path.of("");

    @Test
    void everySetIsWrittenInTheScorersLayout() throws IOException {
        write("data/nab/data/realTweets/a.csv.gz", "timestamp,value\n2026-01-05 00:00:00,1\n");
        write("data/ms-cloud-monitoring/rates/b.csv.gz", SERIES);
        write("data/typed/c.csv.gz", "timestamp,value,label,type\n2026-01-05 00:00:00,1,0,x\n");
        write("data/smd/train/m.csv.gz", "1,2\n1,2\n");
        write("data/smd/test/m.csv.gz", "1,2\n2,\n");
        List<String> progress = new ArrayList<>();
        assertEquals(11, evaluate(progress));
        assertEquals(
                "timestamp,value,anomaly_score\n2026-01-05 00:00:00,1,0\n",
                read("out/nab/realTweets/a.csv"));
        assertEquals(read("out/nab/realTweets/a.csv"), read("out/nab-alarm/realTweets/a.csv"));
        assertTrue(Files.exists(folder.resolve("out/ms-cloud-monitoring-alarm/rates/b.csv")));
        assertEquals(
                "timestamp,value,anomaly_score,type\n2026-01-05 00:00:00,1,0,normal\n",
                read("out/typed/c.csv"));
        assertFalse(Files.exists(folder.resolve("out/typed-alarm")));
        assertEquals("anomaly_score\n0\n0\n", read("out/smd/m.csv"));
        assertTrue(progress.contains("asd: not there"), progress.toString());
    }

    @Test
    void labelsAreNeverRead() throws IOException {
        write("data/ms-cloud-monitoring/b.csv.gz", SERIES);
        evaluate(new ArrayList<>());
        String scored = read("out/ms-cloud-monitoring/b.csv");
        write("data/ms-cloud-monitoring/b.csv.gz", SERIES.replace(",0\n", ",no number at all\n"));
        evaluate(new ArrayList<>());
        assertEquals(scored, read("out/ms-cloud-monitoring/b.csv"));
    }

    @Test
    void brokenFileIsNamed() throws IOException {
        write("data/typed/c.csv.gz", "timestamp,value,label,type\nsoon,1,0,x\n");
        UnreadableFileException e =
                assertThrows(UnreadableFileException.class, () -> evaluate(new ArrayList<>()));
        assertTrue(String.valueOf(e.getMessage()).contains("c.csv.gz"), e.toString());
    }

    private long evaluate(List<String> progress) throws IOException {
        return new FolderEvaluation(
                        folder.resolve("data"),
                        folder.resolve("out"),
                        EngineRegistry.standard(),
                        "ensemble",
                        ModelEnsemble.LEADING,
                        progress::add)
                .run();
    }

    private void write(String name, String text) throws IOException {
        try (Writer out = CsvFiles.writer(folder.resolve(name))) {
            out.write(text);
        }
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
