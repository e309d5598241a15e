package dev.vedette.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileScoringTest {
    private static final long START = 1_767_571_200L;

    @TempDir private Path folder = Path.of("");

    private Path input = Path.of("");
    private Path output = Path.of("");

    @BeforeEach
    void nameTheFiles() {
        input = folder.resolve("in.csv");
        output = folder.resolve("deep/out.csv.gz");
    }

    @Test
    void fileIsScoredAsTheEvaluatorScoresLive() throws IOException {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder("timestamp,value\n");
        SeriesEvaluator live =
                EngineRegistry.standard().open("ensemble", DetectionSettings.DEFAULT);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            double value = i == 1_500 ? 30 : Math.round(random.nextGaussian() * 100) / 100.0;
            csv.append(START + 60L * i).append(',').append(value).append('\n');
            live.update((START + 60L * i) * 1000, value);
            NumberText.appendScore(expected, live.verdict().alarmScore());
            expected.append(' ');
        }
        Files.writeString(input, csv);
        ScoreReport report = score(Optional.empty());
        StringBuilder found = new StringBuilder();
        List<String> lines = lines();
        assertEquals(
                "timestamp,value,anomaly_score,alarm_score,anomaly_label,expected,lower,upper",
                lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            found.append(line.split(",", -1)[3]).append(' ');
        }
        assertEquals(expected.toString(), found.toString());
        assertEquals(2_000, report.points());
        assertTrue(report.anomalies() >= 1);
    }

    @Test
    void nodeHasAJointScoreAndABlockPerMetric() throws IOException {
        Files.writeString(input, "timestamp,cpu,memory\n1767571200,1,2\n1767571260,3,\n");
        ScoreReport report = score(Optional.empty());
        List<String> lines = lines();
        assertTrue(
                lines.getFirst().startsWith("timestamp,node_score,cpu.value,cpu.anomaly_score,"));
        assertTrue(lines.getFirst().endsWith("memory.expected,memory.lower,memory.upper"));
        assertEquals(lines.getFirst().split(",", -1).length, lines.get(1).split(",", -1).length);
        assertEquals(2, report.metrics());
        assertEquals(3, report.points());
    }

    @Test
    void badFieldsAreReportedWithLineAndColumn() throws IOException {
        Files.writeString(
                input, "timestamp,value\n1767571200,1\nsoon,2\n1767571260,many\n1767571260,4\n");
        ScoreReport report = score(Optional.empty());
        assertEquals(
                List.of(
                        "line 3, column timestamp: 'soon' is no timestamp",
                        "line 4, column value: 'many' is no number"),
                report.problems().stream().map(ScoreReport.Problem::toString).toList());
        assertEquals(1, report.outOfOrder());
        assertEquals(4, report.rows());
        assertEquals("soon,2,,,,,,", lines().get(2));
    }

    @Test
    void rowsWithoutTimestampsTakeThemFromTheClock() throws IOException {
        Files.writeString(input, "0.5,0.25\n0.75,0.5\n");
        ScoreReport report =
                score(
                        Optional.of(
                                new ScoreRequest.RowClock(
                                        Instant.ofEpochSecond(START), Duration.ofSeconds(60))));
        assertEquals(2, report.rows());
        assertTrue(lines().get(2).startsWith("2026-01-05T00:01:00Z,"), lines().get(2));
    }

    @Test
    void fileThatIsNoMetricFileIsRefusedWithTheReason() throws IOException {
        Files.writeString(input, "0.5,0.25\n");
        UnreadableFileException e =
                assertThrows(UnreadableFileException.class, () -> score(Optional.empty()));
        assertTrue(String.valueOf(e.getMessage()).contains("line 1"), e.toString());
        Files.writeString(input, "");
        assertThrows(UnreadableFileException.class, () -> score(Optional.empty()));
        Files.writeString(input, "timestamp\n");
        assertThrows(UnreadableFileException.class, () -> score(Optional.empty()));
    }

    private ScoreReport score(Optional<ScoreRequest.RowClock> clock) throws IOException {
        return FileScoring.run(
                new ScoreRequest(input, output, "ensemble", DetectionSettings.DEFAULT, clock),
                EngineRegistry.standard());
    }

    private List<String> lines() throws IOException {
        try (BufferedReader in = CsvFiles.reader(output)) {
            return in.lines().toList();
        }
    }
}
