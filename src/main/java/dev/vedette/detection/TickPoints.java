package dev.vedette.detection;

import dev.vedette.series.PointBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The points of one tick by series, sorted by time: what makes the outcome of a tick depend on the
 * places where the log was cut and on nothing else. Of equal times the one read last wins.
 */
final class TickPoints {
    private final Map<Long, Column> columns = new HashMap<>();
    private final SortedSet<Long> ids = new TreeSet<>();
    private long appended = Long.MIN_VALUE;

    /** The points of those rows, in the order of the rows. */
    static TickPoints of(List<LogRow> rows) {
        TickPoints points = new TickPoints();
        for (LogRow row : rows) {
            points.add(row.points());
            points.appended = Math.max(points.appended, row.committedAt().toEpochMilli());
        }
        points.ids.addAll(points.columns.keySet());
        return points;
    }

    private void add(PointBatch batch) {
        for (int run = 0; run < batch.runs(); run++) {
            columns.computeIfAbsent(batch.seriesIds()[run], _ -> new Column())
                    .append(batch, batch.runStart(run), batch.runEnds()[run]);
        }
    }

    /**
     * Ids of the series that have points, ascending: nothing may depend on which came first in the
     * tick.
     */
    SortedSet<Long> seriesIds() {
        return ids;
    }

    /**
     * When the newest of the rows was appended to the log, milliseconds since 1970-01-01T00:00Z;
     * far in the past when there is none.
     */
    long appended() {
        return appended;
    }

    /** The sorted points of that series, which has some. */
    Sorted of(long seriesId) {
        Column column = columns.get(seriesId);
        if (column == null) {
            throw new IllegalArgumentException("series " + seriesId + " has no points in the tick");
        }
        return column.sorted();
    }

    /**
     * Points of one series.
     *
     * @param size how many; the arrays may be longer
     * @param epochMillis strictly increasing
     * @param values aligned
     * @param repeated how many points were left out because another has the same time
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
    record Sorted(int size, long[] epochMillis, double[] values, int repeated) {}

    private static final class Column {
        private long[] times = new long[4];
        private double[] values = new double[4];
        private int size;
        private boolean increasing = true;

        void append(PointBatch batch, int from, int to) {
            int wanted = size + to - from;
            if (wanted > times.length) {
                int capacity = Math.max(wanted, times.length * 2);
                times = Arrays.copyOf(times, capacity);
                values = Arrays.copyOf(values, capacity);
            }
            for (int i = from; i < to; i++) {
                long time = batch.epochMillis()[i];
                increasing &= size == 0 || time > times[size - 1];
                times[size] = time;
                values[size++] = batch.values()[i];
            }
        }

        Sorted sorted() {
            if (increasing) {
                return new Sorted(size, times, values, 0);
            }
            List<Integer> order = stableOrder();
            long[] sortedTimes = new long[size];
            double[] sortedValues = new double[size];
            int kept = 0;
            for (int i : order) {
                boolean again = kept > 0 && sortedTimes[kept - 1] == times[i];
                int place = again ? kept - 1 : kept++;
                sortedTimes[place] = times[i];
                sortedValues[place] = values[i];
            }
            return new Sorted(kept, sortedTimes, sortedValues, size - kept);
        }

        private List<Integer> stableOrder() {
            List<Integer> order = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                order.add(i);
            }
            order.sort((a, b) -> Long.compare(times[a], times[b]));
            return order;
        }
    }
}
