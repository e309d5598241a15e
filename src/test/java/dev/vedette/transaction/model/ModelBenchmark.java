package dev.vedette.transaction.model;

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

/**
 * Rows per second of each model, one row at a time, on one thread. Run it with {@code
 * org.openjdk.jmh.Main ModelBenchmark} on the test class path.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ModelBenchmark {
    private static final int ROWS = 4096;

    /** The model measured. */
    @Param public ModelKind kind = ModelKind.ISOLATION_FOREST;

    private double[][] rows = {};
    private OutlierModel model = ModelKind.EMPIRICAL_TAILS.fit(Samples.independent(2, 1), 1);
    private int at;

    /** Fits the model to 20 features. */
    @Setup
    public void fit() {
        double[] values = Samples.independent(ROWS * 5, 1).values();
        FeatureRows table = new FeatureRows(20, values);
        model = kind.fit(table, 1);
        rows = new double[table.count()][20];
        for (int i = 0; i < rows.length; i++) {
            table.copyRow(i, rows[i]);
        }
    }

    /** One row. */
    @Benchmark
    public double score() {
        at = at + 1 == rows.length ? 0 : at + 1;
        return model.score(rows[at]);
    }
}
