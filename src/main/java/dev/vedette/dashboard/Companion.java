package dev.vedette.dashboard;

import dev.vedette.detection.PointReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Values that a chart shows beside those of its series.
 *
 * @param style class of its line: {@code week}, or {@code s1} to {@code s4}
 * @param name what the chart calls it
 * @param column what a file calls it
 * @param href its own page; empty when it is of the same series
 * @param points oldest first, without usual ranges, at the times where the chart draws them
 */
record Companion(String style, String name, String column, String href, List<Judged> points) {
    private static final long MOST_APART = Duration.ofHours(1).toMillis();

    /**
     * Points that were read, that much later than they were; what is known to be missing is not.
     */
    static List<Judged> later(PointReader.Points read, Duration later) {
        List<Judged> points = new ArrayList<>(read.values().length);
        for (int i = 0; i < read.values().length; i++) {
            if (Double.isFinite(read.values()[i])) {
                points.add(
                        new Judged(
                                read.epochMillis()[i] + later.toMillis(),
                                read.values()[i],
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                0));
            }
        }
        return points;
    }

    /** How far from a time its nearest point may be to be its value then, in milliseconds. */
    long reach() {
        return Math.min(Thinning.usualPause(points), MOST_APART);
    }

    /**
     * Its value at that time: of the nearest point; empty when none is in reach.
     *
     * @param reach see {@link #reach}
     */
    OptionalDouble at(long epochMillis, long reach) {
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).at() < epochMillis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        OptionalDouble nearest = OptionalDouble.empty();
        long least = reach;
        for (int i = Math.max(0, low - 1); i <= low && i < points.size(); i++) {
            long apart = Math.abs(points.get(i).at() - epochMillis);
            if (apart <= least) {
                least = apart;
                nearest = OptionalDouble.of(points.get(i).value());
            }
        }
        return nearest;
    }
}
