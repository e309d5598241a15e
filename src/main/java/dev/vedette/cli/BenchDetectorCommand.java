package dev.vedette.cli;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeDetector;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What detection costs on this machine, series visited in the order their points arrive. */
@Command(
        name = "detector",
        description = "Measures points per CPU-second and bytes per series of the engines.",
        mixinStandardHelpOptions = true)
final class BenchDetectorCommand implements Callable<Integer> {
    private static final int NODE_METRICS = 38;

    /** Past every warm-up, and until the forests' samples are full. */
    private static final int WARM_POINTS = 40;

    private static final int WARM_FOREST_POINTS = 300;

    /** Most series where one costs far more than the default engine's 2 KB. */
    private static final Map<String, Integer> MOST_SERIES =
            Map.of("isolation-forest", 2_000, "rcf", 200);

    private static final long STEP_MILLIS = 60_000;
    private static final long SEED = 1;

    @Option(
            names = "--series",
            defaultValue = "100000",
            description = "Series visited in shuffled order. Default: ${DEFAULT-VALUE}.")
    private int series = 100_000;

    @Option(
            names = "--rounds",
            defaultValue = "20",
            description = "Measured points of each series. Default: ${DEFAULT-VALUE}.")
    private int rounds = 20;

    /** Absent: no file is written. */
    @Option(names = "--json", description = "File for the same figures as flat JSON.")
    private @Nullable Path json;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    @Override
    public Integer call() throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        System.out.printf(
                "%-16s %8s %22s %18s%n",
                "engine", "series", "points per CPU-second", "bytes per series");
        for (String engine : EngineRegistry.standard().ids()) {
            measure(engine, Math.min(series, MOST_SERIES.getOrDefault(engine, series)), figures);
        }
        double rows = nodeRows();
        figures.put("node_rows_per_cpu_second", rows);
        System.out.printf("%-16s %31.0f rows of %d metrics%n", "node", rows, NODE_METRICS);
        figures.put("points_per_cpu_second", figures.get("ensemble_points_per_cpu_second"));
        figures.put("bytes_per_series", figures.get("ensemble_bytes_per_series"));
        figures.put("series", (double) series);
        if (json != null) {
            Files.writeString(json, flatJson(figures));
        }
        return 0;
    }

    private void measure(String engine, int series, Map<String, Double> figures) {
        long before = usedHeap();
        SeriesEvaluator[] evaluators = new SeriesEvaluator[series];
        EngineRegistry engines = EngineRegistry.standard();
        // As in the service: series that are judged one after the other share it.
        Verdict verdict = new Verdict();
        for (int i = 0; i < series; i++) {
            evaluators[i] = engines.open(engine, DetectionSettings.DEFAULT, verdict);
        }
        int warm = MOST_SERIES.containsKey(engine) ? WARM_FOREST_POINTS : WARM_POINTS;
        int[] order = shuffled(series);
        Random random = new Random(SEED);
        for (int round = 0; round < warm; round++) {
            round(evaluators, order, random, round);
        }
        double bytes = (double) (usedHeap() - before) / series;
        long start = threads.getCurrentThreadCpuTime();
        for (int round = 0; round < rounds; round++) {
            round(evaluators, order, random, warm + round);
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        double rate = (double) series * rounds / seconds;
        figures.put(engine + "_points_per_cpu_second", rate);
        figures.put(engine + "_bytes_per_series", bytes);
        System.out.printf("%-16s %8d %22.0f %18.0f%n", engine, series, rate, bytes);
    }

    private static void round(SeriesEvaluator[] evaluators, int[] order, Random random, int round) {
        for (int i : order) {
            evaluators[i].update(round * STEP_MILLIS, 50 + 10 * random.nextDouble());
        }
    }

    private double nodeRows() {
        NodeDetector node = new NodeDetector(NODE_METRICS);
        Random random = new Random(SEED);
        double[] row = new double[NODE_METRICS];
        nodeRound(node, random, row, 10_000);
        long start = threads.getCurrentThreadCpuTime();
        nodeRound(node, random, row, 40_000);
        return 40_000 / ((threads.getCurrentThreadCpuTime() - start) / 1e9);
    }

    private static void nodeRound(NodeDetector node, Random random, double[] row, int rows) {
        for (int k = 0; k < rows; k++) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble();
            }
            node.update(row, 0);
        }
    }

    private static int[] shuffled(int series) {
        int[] order = new int[series];
        Random random = new Random(SEED);
        for (int i = 0; i < series; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String flatJson(Map<String, Double> figures) {
        StringBuilder out = new StringBuilder("{\n");
        figures.forEach((name, figure) ->
                out.append(out.length() > 2 ? ",\n" : "")
                        .append("  \"")
                        .append(name)
                        .append("\": ")
                        .append(String.format(Locale.ROOT, "%.1f", figure)));
        return out.append("\n}\n").toString();
    }
}
