package dev.vedette.detection.engine;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Cost of one point, series visited in random order, and of one row of a node. Run it with {@code
 * org.openjdk.jmh.Main DetectorBenchmark} on the test class path. Random Cut Forest holds about 1.2
 * MB per series: compare with {@code -p engine=ensemble,rcf -p series=1,200}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DetectorBenchmark {
    private static final int NODE_METRICS = 38;

    /** The engine measured. */
    @Param({"ensemble", "ewma", "iqr", "seasonal", "isolation-forest"})
    public String engine = "ensemble";

    /** How many series share the machine's caches. */
    @Param({"1", "10000"})
    public int series = 1;

    private SeriesEvaluator[] evaluators = {};
    private long[] times = {};
    private double[] row = {};
    private NodeDetector node = new NodeDetector(NODE_METRICS);
    private final Random random = new Random(1);

    /** Opens the series and brings them past their warm-up. */
    @Setup
    public void open() {
        EngineRegistry engines = EngineRegistry.standard();
        // As in the service: series that are judged one after the other share it.
        Verdict verdict = new Verdict();
        evaluators = new SeriesEvaluator[series];
        times = new long[series];
        for (int i = 0; i < series; i++) {
            evaluators[i] = engines.open(engine, DetectionSettings.DEFAULT, verdict);
            for (int k = 0; k < 300; k++) {
                step(i);
            }
        }
        row = new double[NODE_METRICS];
        node = new NodeDetector(NODE_METRICS);
    }

    /** One point of a series picked at random. */
    @Benchmark
    public void point(Blackhole hole) {
        hole.consume(step(random.nextInt(series)));
    }

    /** One row of a node with 38 metrics. */
    @Benchmark
    public void nodeRow(Blackhole hole) {
        for (int i = 0; i < NODE_METRICS; i++) {
            row[i] = random.nextGaussian();
        }
        hole.consume(node.update(row, 0));
    }

    private SeriesEvaluator.Change step(int i) {
        times[i] += 60_000;
        return evaluators[i].update(times[i], 50 + random.nextGaussian());
    }
}
