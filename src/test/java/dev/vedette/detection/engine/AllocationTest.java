package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an update costs in memory: nothing, and a series little. */
class AllocationTest {
    private static final int POINTS = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"ensemble", "ewma", "iqr", "seasonal", "isolation-forest"})
    void updatesAllocateNothing(String engine) {
        SyntheticSeries points = SyntheticSeries.daily(1, POINTS, (i, usual) -> usual);
        EngineRegistry engines = EngineRegistry.standard();
        run(engines.open(engine, DetectionSettings.DEFAULT), points);
        SeriesEvaluator evaluator = engines.open(engine, DetectionSettings.DEFAULT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(evaluator, points);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        // Opening an anomaly allocates its record; points do not.
        assertTrue(bytes < POINTS, bytes + " bytes for " + POINTS + " points");
    }

    @Test
    void nodeUpdatesAllocateNothing() {
        NodeDetector node = new NodeDetector(38);
        double[] row = new double[38];
        for (int i = 0; i < 2_000; i++) {
            row[i % 38] = i % 17;
            node.update(row, 0);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 2_000; i++) {
            row[i % 38] = i % 17;
            node.update(row, 0);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 2_000, bytes + " bytes");
    }

    @Test
    void stateOfTheDefaultEngineFitsInTwoKilobytes() {
        assertTrue(EnsembleState.BYTES + Long.BYTES <= 2048, EnsembleState.BYTES + " bytes");
    }

    private static void run(SeriesEvaluator evaluator, SyntheticSeries points) {
        for (int i = 0; i < points.length(); i++) {
            evaluator.update(points.time(i), points.value(i));
        }
    }
}
