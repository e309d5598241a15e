package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeDetectorTest {
    private static final int METRICS = 8;

    @Test
    void brokenTieIsSeenThoughEachMetricIsUsual() {
        Random random = new Random(1);
        NodeDetector node = new NodeDetector(METRICS);
        double[] row = new double[METRICS];
        double usual = 0;
        for (int i = 0; i < 5000; i++) {
            fill(random, row);
            usual = Math.max(i > 4000 ? usual : 0, node.update(row, 0));
        }
        double broken = 0;
        for (int i = 0; i < 20; i++) {
            fill(random, row);
            // The metrics share a load: one of them moves against it, within its own range.
            row[3] = -row[3];
            broken = node.update(row, 0);
        }
        assertTrue(broken > usual, "broken tie " + broken + ", usual " + usual);
    }

    @Test
    void contributionsNameTheMetricThatIsOff() {
        Random random = new Random(2);
        NodeDetector node = new NodeDetector(METRICS);
        double[] row = new double[METRICS];
        usual(node, random, row, 3000, 0);
        fill(random, row);
        row[5] = 40;
        node.update(row, 0);
        double[] shares = new double[METRICS];
        node.contributions(shares);
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        assertEquals(1, sum, 1e-9);
        assertTrue(shares[5] > 0.5, "share of the metric that is off: " + shares[5]);
    }

    @Test
    void missingAndConstantMetricsAreTolerated() {
        Random random = new Random(3);
        NodeDetector node = new NodeDetector(METRICS);
        double[] row = new double[METRICS];
        for (int i = 0; i < 3000; i++) {
            fill(random, row);
            row[0] = 1;
            row[random.nextInt(METRICS)] = Double.NaN;
            double score = node.update(row, 0);
            assertTrue(score >= 0 && score < 0.9, "score " + score);
        }
    }

    @Test
    void metricThatComesLateIsNotStrangeForIt() {
        Random random = new Random(4);
        NodeDetector node = new NodeDetector(METRICS);
        double[] row = new double[METRICS];
        double usual = 0;
        double late = 0;
        for (int i = 0; i < 4000; i++) {
            fill(random, row);
            if (i < 2000) {
                row[6] = Double.NaN;
            }
            double score = node.update(row, 0);
            usual = i > 1000 && i < 2000 ? Math.max(usual, score) : usual;
            late = i >= 2000 ? Math.max(late, score) : late;
        }
        assertTrue(late < usual + 0.15, "with the late metric " + late + ", before " + usual);
    }

    @Test
    void longIncidentStaysStrangeAndTheUsualReturnsAfterIt() {
        Random random = new Random(5);
        NodeDetector node = new NodeDetector(METRICS);
        double[] row = new double[METRICS];
        double score = usual(node, random, row, 10_000, 0);
        assertTrue(score < 0.3, "usual rows score " + score);
        for (int i = 0; i < 200; i++) {
            fill(random, row);
            row[2] += 8;
            row[3] -= 8;
            score = node.update(row, 0);
        }
        assertTrue(score > 0.6, "after 200 rows of an incident " + score);
        score = usual(node, random, row, 200, 0);
        assertTrue(score < 0.3, "200 rows after it " + score);
    }

    @Test
    void secondMoveOfAMetricThatHardlyMovesIsNoAlarm() {
        Random random = new Random(7);
        NodeDetector node = new NodeDetector(38);
        double[] row = new double[38];
        double most = 0;
        for (int i = 0; i < 5000; i++) {
            fill(random, row);
            row[9] = i % 1500 == 1400 ? 1 : 0;
            double score = node.update(row, 0);
            most = i > 2000 ? Math.max(most, score) : most;
        }
        assertTrue(most < 0.6, "score " + most);
    }

    @Test
    void nodeWhoseMetricsAreAlwaysLivelyIsNotStrangeForIt() {
        Random random = new Random(6);
        NodeDetector node = new NodeDetector(METRICS);
        double[] row = new double[METRICS];
        double score = usual(node, random, row, 3000, 6);
        assertTrue(score < 0.3, "strangeness as ever scores " + score);
        score = usual(node, random, row, 50, 18);
        assertTrue(score > 0.6, "three times the usual strangeness scores " + score);
    }

    @Test
    void contributionsAreNoneBeforeEnoughRowsWereSeen() {
        NodeDetector node = new NodeDetector(3);
        node.update(new double[] {1, 2, 3}, 0);
        double[] shares = {9, 9, 9};
        node.contributions(shares);
        assertArrayEquals(new double[3], shares);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void restoringGoesOnBitIdentically(long seed) {
        Random random = new Random(seed);
        NodeDetector through = new NodeDetector(METRICS);
        NodeDetector broken = new NodeDetector(METRICS);
        double[] row = new double[METRICS];
        for (int i = 0; i < 1000; i++) {
            fill(random, row);
            if (i % 7 == 0) {
                row[random.nextInt(METRICS)] = Double.NaN;
            }
            double strangeness = random.nextDouble();
            assertEquals(through.update(row, strangeness), broken.update(row, strangeness));
            if (random.nextInt(50) == 0) {
                broken = NodeDetector.restore(broken.snapshot());
            }
        }
    }

    @Test
    void damagedSnapshotIsRefused() {
        byte[] snapshot = new NodeDetector(3).snapshot();
        snapshot[snapshot.length / 2] ^= 1;
        assertThrows(CorruptSnapshotException.class, () -> NodeDetector.restore(snapshot));
    }

    @Test
    void moreMetricsThanTheLimitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new NodeDetector(65));
        assertThrows(IllegalArgumentException.class, () -> new NodeDetector(0));
    }

    /** So many usual rows, of that strangeness; the last score. */
    private static double usual(
            NodeDetector node, Random random, double[] row, int rows, double strangeness) {
        double score = 0;
        for (int i = 0; i < rows; i++) {
            fill(random, row);
            score = node.update(row, strangeness);
        }
        return score;
    }

    /** Metrics that follow one load, each with a little noise of its own. */
    private static void fill(Random random, double[] row) {
        double load = random.nextGaussian();
        for (int i = 0; i < row.length; i++) {
            row[i] = load + 0.2 * random.nextGaussian();
        }
    }
}
