package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeAnomaly;
import dev.vedette.detection.engine.NodeScratch;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.series.NodeKey;
import dev.vedette.tenant.TenantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What live detection finds on real servers with labelled incidents, such as the Server Machine
 * Dataset: prints a table, and holds margins. Runs only where {@value #DATA} names a folder with
 * {@code test/*.csv.gz} (rows of metrics, a minute apart, no header) and {@code
 * test_label/*.csv.gz} (a 0 or 1 per row).
 *
 * <p>An incident is visible when a metric leaves the range of its day before by more than twice
 * that range. It is found when an anomaly overlaps it or the five minutes after. An anomaly that
 * overlaps none, nor the half hour before or after one, is false.
 */
@EnabledIfEnvironmentVariable(named = RealServersTest.DATA, matches = ".+")
final class RealServersTest {
    static final String DATA = "VEDETTE_TEST_SERVERS";

    private static final long START = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private static final long STEP = 60_000;
    private static final int DAY = 1440;
    private static final int WEEK = 7 * DAY;
    private static final String FORMAT = "%-14s %6s %9s %8s %8s %8s %8s %8s %10s %10s%n";

    @Test
    void mostVisibleIncidentsAreFoundAtFewFalseAlarms() throws IOException {
        Path data = Path.of(System.getenv(DATA));
        System.out.printf(
                FORMAT,
                "machine",
                "weeks",
                "incidents",
                "visible",
                "metric",
                "node",
                "either",
                "any inc.",
                "false met.",
                "false node");
        List<Server> servers = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve("test"))) {
            for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
                Server server = new Server(file, data.resolve("test_label"));
                server.run();
                server.print();
                servers.add(server);
            }
        }
        int visible = servers.stream().mapToInt(one -> one.visible.size()).sum();
        long either = servers.stream().mapToLong(one -> one.found(one.visible, one.all())).sum();
        double weeks = servers.stream().mapToDouble(Server::weeks).sum();
        double falseOfNodes =
                servers.stream().mapToLong(one -> one.falseOnes(one.ofNode)).sum() / weeks;
        System.out.printf(
                "%d of %d visible incidents found; %.2f false anomalies of nodes a node and week%n",
                either, visible, falseOfNodes);
        assertAll(
                () -> assertTrue(either >= 0.9 * visible, "visible incidents found: " + either),
                () -> assertTrue(falseOfNodes <= 2, "false anomalies of nodes: " + falseOfNodes));
    }

    /** Rows, from one to the other, both included. */
    private record Stretch(int from, int to) {
        boolean touches(Stretch other, int before, int after) {
            return from <= other.to + after && to >= other.from - before;
        }

        static Stretch of(Instant start, Instant end) {
            return new Stretch(
                    (int) ((start.toEpochMilli() - START) / STEP),
                    (int) ((end.toEpochMilli() - START) / STEP));
        }
    }

    private static final class Server {
        private final String name;
        private final double[][] rows;
        private final List<Stretch> incidents = new ArrayList<>();
        private final List<Stretch> visible = new ArrayList<>();
        private final List<Stretch> ofMetrics = new ArrayList<>();
        private final List<Stretch> ofNode = new ArrayList<>();

        Server(Path file, Path labels) {
            name = file.getFileName().toString().replace(".csv.gz", "");
            rows = read(file);
            double[][] label = read(labels.resolve(file.getFileName()));
            for (int i = 0; i < label.length; i++) {
                if (label[i][0] == 0) {
                    continue;
                }
                int from = i;
                while (i + 1 < label.length && label[i + 1][0] != 0) {
                    i++;
                }
                incidents.add(new Stretch(from, i));
            }
            incidents.stream().filter(this::isVisible).forEach(visible::add);
        }

        private static double[][] read(Path file) {
            try (BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    new GZIPInputStream(Files.newInputStream(file)),
                                    StandardCharsets.UTF_8))) {
                return in.lines()
                        .map(line ->
                                Stream.of(line.split(",", -1))
                                        .mapToDouble(Double::parseDouble)
                                        .toArray())
                        .toArray(double[][]::new);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private boolean isVisible(Stretch incident) {
            for (int m = 0; m < rows[0].length; m++) {
                double[] before = range(m, Math.max(0, incident.from - DAY), incident.from - 1);
                double[] then = range(m, incident.from, incident.to);
                double reach = 2 * (before[1] - before[0]);
                if (then[0] < before[0] - reach || then[1] > before[1] + reach) {
                    return true;
                }
            }
            return false;
        }

        private double[] range(int metric, int from, int to) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = from; i <= to; i++) {
                low = Math.min(low, rows[i][metric]);
                high = Math.max(high, rows[i][metric]);
            }
            return new double[] {low, high};
        }

        void run() {
            EngineRegistry engines = EngineRegistry.standard();
            int metrics = rows[0].length;
            NodeAtWork node =
                    new NodeAtWork(
                            new NodeKey(new TenantId("test"), "servers", name),
                            0,
                            new NodeScratch());
            node.goBy(DetectionSettings.DEFAULT.threshold());
            SeriesEvaluator[] evaluators = new SeriesEvaluator[metrics];
            boolean[] open = new boolean[metrics];
            for (int i = 0; i < rows.length; i++) {
                for (int m = 0; m < metrics; m++) {
                    if (i == 0) {
                        evaluators[m] = engines.open("ensemble", DetectionSettings.DEFAULT);
                    }
                    step(evaluators[m], open, m, i);
                    node.offer(
                            node.place(m + 1L),
                            START + i * STEP,
                            rows[i][m],
                            evaluators[m].verdict().strangeness(),
                            open[m]);
                }
                node.judge(START, new FoundPeaks()).anomalies().stream()
                        .map(NodeAnomaly::result)
                        .filter(one -> !one.open())
                        .forEach(one -> ofNode.add(Stretch.of(one.windowStart(), one.windowEnd())));
            }
            for (SeriesEvaluator one : evaluators) {
                one.anomaly()
                        .ifPresent(a -> ofMetrics.add(Stretch.of(a.windowStart(), a.windowEnd())));
            }
        }

        private void step(SeriesEvaluator evaluator, boolean[] open, int metric, int row) {
            switch (evaluator.update(START + row * STEP, rows[row][metric])) {
                case OPENED -> open[metric] = true;
                case CLOSED -> {
                    open[metric] = false;
                    evaluator
                            .anomaly()
                            .ifPresent(one ->
                                    ofMetrics.add(Stretch.of(one.windowStart(), one.windowEnd())));
                }
                case NONE, EXTENDED -> {}
            }
        }

        List<Stretch> all() {
            return Stream.concat(ofMetrics.stream(), ofNode.stream()).toList();
        }

        long found(List<Stretch> wanted, List<Stretch> anomalies) {
            return wanted.stream()
                    .filter(one -> anomalies.stream().anyMatch(a -> a.touches(one, 0, 5)))
                    .count();
        }

        long falseOnes(List<Stretch> anomalies) {
            return anomalies.stream()
                    .filter(one -> incidents.stream().noneMatch(i -> one.touches(i, 30, 30)))
                    .count();
        }

        double weeks() {
            return (double) rows.length / WEEK;
        }

        void print() {
            System.out.printf(
                    FORMAT,
                    name,
                    String.format(Locale.ROOT, "%.1f", weeks()),
                    incidents.size(),
                    visible.size(),
                    found(visible, ofMetrics),
                    found(visible, ofNode),
                    found(visible, all()),
                    found(incidents, all()),
                    String.format(Locale.ROOT, "%.2f", falseOnes(ofMetrics) / weeks()),
                    String.format(Locale.ROOT, "%.2f", falseOnes(ofNode) / weeks()));
            visible.stream()
                    .filter(one -> found(List.of(one), all()) == 0)
                    .forEach(one ->
                            System.out.printf("    not found: rows %d-%d%n", one.from, one.to));
        }
    }
}
