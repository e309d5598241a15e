package dev.vedette.ingestion.otlp;

import dev.vedette.ingestion.RecentMap;
import dev.vedette.series.SeriesKey;

/**
 * Adds changes up to running totals, so that delta sums are stored as the cumulative ones the rest
 * of the service knows. Bounded: a series not heard of for long starts again at zero, which reads
 * as a counter that was reset. So does a restart. The last few totals are kept, so that a request
 * sent again gets the same answer and adds nothing. Thread-safe.
 */
public final class DeltaTotals {
    private static final int KEPT = 8;

    private final RecentMap<SeriesKey, Running> totals;

    /**
     * Nothing added up yet.
     *
     * @param most series remembered, above 1
     */
    public DeltaTotals(int most) {
        totals = new RecentMap<>(most);
    }

    /**
     * The total after a change.
     *
     * @param epochMillis when the stretch of the change ended
     * @return NaN when the change is older than one added before
     */
    double add(SeriesKey series, long epochMillis, double change) {
        Running running =
                totals.find(series)
                        .orElseGet(() -> {
                            Running fresh = new Running();
                            totals.put(series, fresh);
                            return fresh;
                        });
        return running.add(epochMillis, change);
    }

    private static final class Running {
        private final long[] times = new long[KEPT];
        private final double[] sums = new double[KEPT];
        private int added;

        synchronized double add(long time, double change) {
            if (added == 0 || time > times[(added - 1) % KEPT]) {
                double before = added == 0 ? 0 : sums[(added - 1) % KEPT];
                times[added % KEPT] = time;
                sums[added % KEPT] = before + change;
                return sums[added++ % KEPT];
            }
            for (int i = Math.max(0, added - KEPT); i < added; i++) {
                if (times[i % KEPT] == time) {
                    return sums[i % KEPT];
                }
            }
            return Double.NaN;
        }
    }
}
