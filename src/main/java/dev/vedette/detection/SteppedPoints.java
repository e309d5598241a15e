package dev.vedette.detection;

import dev.vedette.series.SeriesId;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Points of one series, summed up by steps of time: columns of one length. A step without points is
 * absent.
 *
 * @param epochMillis start of each step, a multiple of the step since 1970-01-01T00:00Z, strictly
 *     increasing
 * @param min lowest value
 * @param max highest value
 * @param sum of the values
 * @param last value of the newest point
 * @param count how many points, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
public record SteppedPoints(
        long[] epochMillis, double[] min, double[] max, double[] sum, double[] last, int[] count) {
    /** How many steps. */
    public int size() {
        return epochMillis.length;
    }

    /** The steps of those points. */
    public static SteppedPoints of(PointReader.Points points, long stepMillis) {
        Builder builder = new Builder(stepMillis);
        for (int i = 0; i < points.values().length; i++) {
            builder.add(points.epochMillis()[i], points.values()[i]);
        }
        return builder.build();
    }

    /** The same of several series. */
    public static Map<SeriesId, SteppedPoints> of(
            Map<SeriesId, PointReader.Points> points, Duration step) {
        Map<SeriesId, SteppedPoints> steps = new HashMap<>();
        points.forEach((id, one) -> steps.put(id, of(one, step.toMillis())));
        return steps;
    }

    /** Gathers points, or narrower steps, in the order of time. Not thread-safe. */
    public static final class Builder {
        private final long step;
        private long[] times = new long[32];
        private double[] min = new double[32];
        private double[] max = new double[32];
        private double[] sum = new double[32];
        private double[] last = new double[32];
        private int[] count = new int[32];
        private int size;

        /** With steps of so many milliseconds, above 0. */
        public Builder(long stepMillis) {
            this.step = stepMillis;
        }

        /** Adds a point not before any added so far. */
        public void add(long epochMillis, double value) {
            add(epochMillis, value, value, value, value, 1);
        }

        /** Adds the step at that index of others, which lies within one step of these. */
        public void add(SteppedPoints others, int i) {
            add(
                    others.epochMillis[i],
                    others.min[i],
                    others.max[i],
                    others.sum[i],
                    others.last[i],
                    others.count[i]);
        }

        private void add(
                long epochMillis, double low, double high, double total, double newest, int many) {
            long start = Math.floorDiv(epochMillis, step) * step;
            if (size > 0 && times[size - 1] == start) {
                int at = size - 1;
                min[at] = Math.min(min[at], low);
                max[at] = Math.max(max[at], high);
                sum[at] += total;
                last[at] = newest;
                count[at] += many;
                return;
            }
            if (size == times.length) {
                grow();
            }
            times[size] = start;
            min[size] = low;
            max[size] = high;
            sum[size] = total;
            last[size] = newest;
            count[size++] = many;
        }

        private void grow() {
            int capacity = 2 * size;
            times = Arrays.copyOf(times, capacity);
            min = Arrays.copyOf(min, capacity);
            max = Arrays.copyOf(max, capacity);
            sum = Arrays.copyOf(sum, capacity);
            last = Arrays.copyOf(last, capacity);
            count = Arrays.copyOf(count, capacity);
        }

        /** The steps gathered. */
        public SteppedPoints build() {
            return new SteppedPoints(
                    Arrays.copyOf(times, size),
                    Arrays.copyOf(min, size),
                    Arrays.copyOf(max, size),
                    Arrays.copyOf(sum, size),
                    Arrays.copyOf(last, size),
                    Arrays.copyOf(count, size));
        }
    }
}
