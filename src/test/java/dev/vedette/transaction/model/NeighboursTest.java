package dev.vedette.transaction.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.Seeds;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The index and the factor against their definitions, by brute force. */
final class NeighboursTest {
    static LongStream seeds() {
        return LongStream.of(1, 2, Seeds.explored());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void treeFindsTheNearestRows(long seed) {
        FeatureRows rows = rounded(800, seed);
        KdTree tree = new KdTree(4, rows.values(), 24);
        Nearest nearest = new Nearest(4, 9);
        for (int i = 0; i < rows.count(); i += 7) {
            tree.find(nearest, rows.values(), i * 4, i);
            double[] wanted = distances(rows, i);
            for (int k = 0; k < 9; k++) {
                assertEquals(wanted[k], nearest.distance(k), 1e-12, "row " + i + " rank " + k);
            }
        }
    }

    /** With a last block that is not full, and equal distances. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void scanFindsTheNearestRows(long seed) {
        FeatureRows rows = rounded(800, seed);
        RowScan scan = new RowScan(4, rows.values());
        Nearest nearest = new Nearest(4, 9);
        for (int i = 0; i < rows.count(); i += 7) {
            scan.find(nearest, Arrays.copyOfRange(rows.values(), i * 4, i * 4 + 4));
            double[] wanted = distances(rows, i);
            assertEquals(0, nearest.distance(0), "row " + i + " itself");
            for (int k = 1; k < 9; k++) {
                assertEquals(wanted[k - 1], nearest.distance(k), 1e-12, "row " + i + " rank " + k);
                assertEquals(
                        distance(rows, i, nearest.row(k)), nearest.distance(k), 1e-12, "row " + i);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void factorIsTheOneOfTheDefinition(long seed) {
        // Without equal distances the k nearest are the same rows whoever looks for them.
        FeatureRows rows = Samples.independent(400, seed);
        double[] found = LocalOutlierFactor.scoresWithin(rows, seed);
        double[] density = new double[rows.count()];
        for (int i = 0; i < density.length; i++) {
            double sum = 0;
            for (int j : nearest(rows, i)) {
                sum += Math.max(distance(rows, i, j), distances(rows, j)[19]);
            }
            density[i] = 20 / sum;
        }
        for (int i = 0; i < density.length; i++) {
            double sum = 0;
            for (int j : nearest(rows, i)) {
                sum += density[j];
            }
            assertEquals(sum / 20 / density[i], found[i], 1e-6, "row " + i);
        }
    }

    private static int[] nearest(FeatureRows rows, int i) {
        double reach = distances(rows, i)[19];
        int[] found = new int[20];
        int count = 0;
        for (int j = 0; j < rows.count(); j++) {
            if (j != i && distance(rows, i, j) <= reach) {
                found[count++] = j;
            }
        }
        return found;
    }

    private static double[] distances(FeatureRows rows, int i) {
        double[] all = new double[rows.count()];
        for (int j = 0; j < all.length; j++) {
            all[j] = j == i ? Double.POSITIVE_INFINITY : distance(rows, i, j);
        }
        Arrays.sort(all);
        return all;
    }

    private static double distance(FeatureRows rows, int i, int j) {
        double squares = 0;
        for (int k = 0; k < rows.width(); k++) {
            squares += Math.pow(rows.at(i, k) - rows.at(j, k), 2);
        }
        return Math.sqrt(squares);
    }

    /** Many equal numbers, as real tables have them. */
    private static FeatureRows rounded(int count, long seed) {
        double[] values = Samples.independent(count, seed).values();
        Arrays.setAll(values, i -> Math.rint(values[i] * 2) / 2);
        return new FeatureRows(4, values);
    }
}
