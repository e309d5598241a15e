package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeScratchTest {
    private static final int ROWS = 2_000;

    /** More than one group holds, and a node that is smaller than the other. */
    private static final int[] METRICS = {NodeDetector.MAX_METRICS + 9, 12};

    @Test
    void nodesThatShareScratchAreJudgedAsIfEachHadItsOwn() {
        long seed = Seeds.explored();
        System.out.println("NodeScratchTest seed=" + seed);
        Random random = new Random(seed);
        NodeScratch shared = new NodeScratch();
        NodeEvaluator[] sharing = new NodeEvaluator[METRICS.length];
        NodeEvaluator[] alone = new NodeEvaluator[METRICS.length];
        for (int node = 0; node < METRICS.length; node++) {
            sharing[node] = new NodeEvaluator(.6, shared);
            alone[node] = new NodeEvaluator(.6);
        }
        int opened = 0;
        for (int r = 0; r < ROWS; r++) {
            for (int node = 0; node < METRICS.length; node++) {
                NodeRow row = row(random, r, METRICS[node]);
                SeriesEvaluator.Change change = alone[node].update(row);
                assertEquals(change, sharing[node].update(row));
                assertEquals(alone[node].score(), sharing[node].score());
                opened += change == SeriesEvaluator.Change.OPENED ? 1 : 0;
            }
        }
        assertTrue(opened > 0, "nothing was strange, so no shares were compared");
        for (int node = 0; node < METRICS.length; node++) {
            assertArrayEquals(alone[node].snapshot(), sharing[node].snapshot());
        }
    }

    // Quiet, and far off now and then, once the node has been seen for a day.
    private static NodeRow row(Random random, int number, int metrics) {
        NodeRow row = new NodeRow();
        row.clear(number * 60_000L);
        boolean strange = number > 1_700 && number % 100 < 20;
        for (int m = 0; m < metrics; m++) {
            double value = random.nextGaussian() + (strange && m % 2 == 0 ? 12 : 0);
            row.put(m, value, strange ? 3 : 0, false);
        }
        return row;
    }
}
