package dev.vedette.transaction.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecentAmountsTest {
    private static final int AMOUNTS = 20_000;
    private static final long SPAN = 2 * FeatureWindow.MONTH.millis();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void busyEntityIsCountedWithinTheStatedError(long seed) {
        Random random = new Random(seed);
        long[] times = random.longs(AMOUNTS, 0, SPAN).sorted().toArray();
        RecentAmounts amounts = new RecentAmounts();
        WindowSums sums = new WindowSums();
        double[] worst = new double[FeatureWindow.values().length];
        for (int i = 0; i < AMOUNTS; i++) {
            amounts.add(times[i], 1);
            if (i > AMOUNTS / 2 && i % 50 == 0) {
                amounts.collect(times[i], sums);
                for (FeatureWindow window : FeatureWindow.values()) {
                    int w = window.place();
                    long from = times[i] - window.millis();
                    int exact = 0;
                    for (int k = i; k >= 0 && times[k] > from; k--) {
                        exact++;
                    }
                    double off = Math.abs(sums.count[w] - exact) / Math.max(exact, 50);
                    worst[w] = Math.max(worst[w], off);
                    assertEquals(sums.count[w], sums.sum[w], 1e-6);
                }
            }
        }
        for (FeatureWindow window : FeatureWindow.values()) {
            double off = worst[window.place()];
            assertTrue(off < 0.05, "seed " + seed + " window " + window.id() + ": " + off);
        }
    }
}
