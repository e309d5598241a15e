package dev.vedette.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {
    @TempDir private Path folder = Path.of("");

    private static String run(int exitCode, String... arguments) {
        StringWriter said = new StringWriter();
        CommandLine command = new CommandLine(new SimulateCommand());
        command.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        assertEquals(exitCode, command.execute(arguments), said::toString);
        return said.toString();
    }

    private Path simulate(String name, String... more) {
        Path out = folder.resolve(name);
        Stream<String> fixed = Stream.of("--series=8", "--days=5", "--step=5m", "--out=" + out);
        run(0, Stream.concat(fixed, Stream.of(more)).toArray(String[]::new));
        return out;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void sameSeedGivesTheSameBytes() throws IOException {
        List<Path> one = files(simulate("one", "--seed=7"));
        List<Path> other = files(simulate("other", "--seed=7"));
        assertEquals(9, one.size());
        for (int i = 0; i < one.size(); i++) {
            assertEquals(one.get(i).getFileName(), other.get(i).getFileName());
            assertArrayEquals(Files.readAllBytes(one.get(i)), Files.readAllBytes(other.get(i)));
        }
        assertTrue(
                Files.mismatch(one.getFirst(), simulate("third", "--seed=8").resolve("labels.csv"))
                        >= 0);
    }

    @Test
    void everyLabelIsInItsFileAndNothingElseIs() throws IOException {
        Path out = simulate("labels", "--seed=3");
        List<String> labels = Files.readAllLines(out.resolve("labels.csv"));
        assertEquals("series,start,end,kind,type,severity", labels.getFirst());
        for (Path file : files(out)) {
            if (file.toString().endsWith(".gz")) {
                String series = file.getFileName().toString().replace(".csv.gz", "");
                check(rows(file), labels.stream().filter(l -> l.startsWith(series)).toList());
            }
        }
    }

    private static List<String> rows(Path file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static void check(List<String> rows, List<String> labels) {
        assertEquals("timestamp,value,label,type", rows.getFirst());
        for (String row : rows.subList(1, rows.size())) {
            List<String> cells = List.of(row.split(",", -1));
            assertTrue(Double.isFinite(Double.parseDouble(cells.get(1))), row);
            String type =
                    labels.stream()
                            .map(label -> List.of(label.split(",", -1)))
                            .filter(label ->
                                    cells.getFirst().compareTo(label.get(1)) >= 0
                                            && cells.getFirst().compareTo(label.get(2)) < 0)
                            .map(label -> label.get(4))
                            .findFirst()
                            .orElse("normal");
            assertEquals(type, cells.get(3), row);
            assertEquals(type.equals("normal") ? "0" : "1", cells.get(2), row);
        }
    }

    @Test
    void onlyTheKindsAskedForAreInjected() throws IOException {
        Path out = simulate("kinds", "--kinds=spike,missing", "--seed=5");
        List<String> labels = Files.readAllLines(out.resolve("labels.csv"));
        assertTrue(labels.size() > 1, labels::toString);
        for (String label : labels.subList(1, labels.size())) {
            assertTrue(label.contains(",spike,") || label.contains(",missing,"), label);
        }
    }

    @Test
    void plainFilesAreWrittenOnRequest() throws IOException {
        Path out = simulate("plain", "--no-gzip", "--start=2026-01-01T00:00:00Z");
        List<String> rows = Files.readAllLines(out.resolve("typed/000_flat.csv"));
        assertTrue(rows.get(1).startsWith("2026-01-01 00:00:00,"), rows.get(1));
    }

    @Test
    void impossibleRequestsSayWhy() {
        assertTrue(run(2, "--series=8").contains("--out"));
        assertTrue(run(2, "--kinds=bump", "--out=" + folder).contains("'bump' is no kind"));
        assertTrue(run(2, "--step=5", "--out=" + folder).contains("60s, 5m, 1h or 2d"));
        for (String step : List.of("60s", "2h", "1d")) {
            run(0, "--series=16", "--days=2", "--step=" + step, "--out=" + folder);
        }
    }
}
