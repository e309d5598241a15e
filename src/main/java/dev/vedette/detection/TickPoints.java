package dev.vedette.detection;

import dev.vedette.series.PointBatch;
import dev.vedette.series.SeriesId;
import java.util.Arrays;
import java.util.List;

/**
 * The points of one tick by series, sorted by time: what makes the outcome of a tick depend on the
 * places where the log was cut and on nothing else. Of equal times the one read last wins.
 *
 * <p>Columns, sixteen bytes a point and some twenty a series: several shards have a tick of up to a
 * hundred thousand points in memory at once, and what is there when the collector runs is copied.
 *
 * <p>A series has a <em>place</em> in the tick, 0 to {@link #series} exclusive, ascending by id:
 * nothing may depend on which came first.
 */
final class TickPoints {
    private final long[] ids;
    private final int[] starts;
    private final int[] sizes;
    private final int[] repeated;
    private final long[] epochMillis;
    private final double[] values;
    private final long appended;

    private TickPoints(List<LogRow> rows) {
        this.appended =
                rows.stream()
                        .mapToLong(row -> row.committedAt().toEpochMilli())
                        .max()
                        .orElse(Long.MIN_VALUE);
        this.ids = distinct(rows);
        this.sizes = new int[ids.length];
        this.repeated = new int[ids.length];
        int points = 0;
        for (LogRow row : rows) {
            points += count(row.points());
        }
        this.epochMillis = new long[points];
        this.values = new double[points];
        this.starts = new int[ids.length];
        for (int place = 1; place < ids.length; place++) {
            starts[place] = starts[place - 1] + sizes[place - 1];
        }
        Arrays.fill(sizes, 0);
        rows.forEach(row -> append(row.points()));
        for (int place = 0; place < ids.length; place++) {
            sort(place);
        }
    }

    /** The points of those rows, in the order of the rows. */
    static TickPoints of(List<LogRow> rows) {
        return new TickPoints(rows);
    }

    private TickPoints(long id, PointReader.Points points) {
        this.ids = new long[] {id};
        this.starts = new int[1];
        this.sizes = new int[] {points.values().length};
        this.repeated = new int[1];
        this.epochMillis = points.epochMillis();
        this.values = points.values();
        this.appended = Long.MIN_VALUE;
    }

    /** Stored points of one series, as a tick of their own. */
    static TickPoints of(SeriesId series, PointReader.Points points) {
        return new TickPoints(series.value(), points);
    }

    private static long[] distinct(List<LogRow> rows) {
        int runs = rows.stream().mapToInt(row -> row.points().runs()).sum();
        long[] all = new long[runs];
        int at = 0;
        for (LogRow row : rows) {
            long[] of = row.points().seriesIds();
            System.arraycopy(of, 0, all, at, of.length);
            at += of.length;
        }
        Arrays.sort(all);
        int kept = 0;
        for (long id : all) {
            if (kept == 0 || all[kept - 1] != id) {
                all[kept++] = id;
            }
        }
        return Arrays.copyOf(all, kept);
    }

    // Counts into sizes; senders name their series in the same order again and again, so that the
    // next one mostly stands behind the last.
    private int count(PointBatch batch) {
        int place = -1;
        for (int run = 0; run < batch.runs(); run++) {
            place = place(batch.seriesIds()[run], place + 1);
            sizes[place] += batch.runEnds()[run] - batch.runStart(run);
        }
        return batch.size();
    }

    private void append(PointBatch batch) {
        int place = -1;
        for (int run = 0; run < batch.runs(); run++) {
            place = place(batch.seriesIds()[run], place + 1);
            int from = batch.runStart(run);
            int points = batch.runEnds()[run] - from;
            int to = starts[place] + sizes[place];
            System.arraycopy(batch.epochMillis(), from, epochMillis, to, points);
            System.arraycopy(batch.values(), from, values, to, points);
            sizes[place] += points;
        }
    }

    private int place(long id, int likely) {
        return likely < ids.length && ids[likely] == id ? likely : place(id);
    }

    private void sort(int place) {
        int from = starts[place];
        int to = from + sizes[place];
        for (int i = from + 1; i < to; i++) {
            if (epochMillis[i] <= epochMillis[i - 1]) {
                mergeSort(from, to, new long[to - from], new double[to - from]);
                dropRepeated(place);
                return;
            }
        }
    }

    // Stable, so that of equal times the one read last stays last.
    private void mergeSort(int from, int to, long[] times, double[] spare) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        mergeSort(from, middle, times, spare);
        mergeSort(middle, to, times, spare);
        int size = to - from;
        System.arraycopy(epochMillis, from, times, 0, size);
        System.arraycopy(values, from, spare, 0, size);
        int left = 0;
        int right = middle - from;
        for (int at = from; at < to; at++) {
            boolean isLeft = left < middle - from && (right == size || times[left] <= times[right]);
            int next = isLeft ? left++ : right++;
            epochMillis[at] = times[next];
            values[at] = spare[next];
        }
    }

    private void dropRepeated(int place) {
        int from = starts[place];
        int to = from + sizes[place];
        int kept = from;
        for (int i = from; i < to; i++) {
            if (kept > from && epochMillis[kept - 1] == epochMillis[i]) {
                kept--;
            }
            epochMillis[kept] = epochMillis[i];
            values[kept++] = values[i];
        }
        repeated[place] = to - kept;
        sizes[place] = kept - from;
    }

    /** Place of the series with that id; below 0 when it has no points. */
    int place(long id) {
        return Arrays.binarySearch(ids, id);
    }

    /** How many series have points. */
    int series() {
        return ids.length;
    }

    /** Id of the series at that place. */
    long id(int place) {
        return ids[place];
    }

    /** How many points that series has, those repeated left out; above 0. */
    int size(int place) {
        return sizes[place];
    }

    /** How many of its points were left out because another has the same time. */
    int repeated(int place) {
        return repeated[place];
    }

    /** When its first point was. */
    long first(int place) {
        return epochMillis[starts[place]];
    }

    /** When its point at {@code index} was, milliseconds since 1970-01-01T00:00Z; increasing. */
    long epochMillis(int place, int index) {
        return epochMillis[starts[place] + index];
    }

    /** The value of its point at {@code index}; NaN is a known gap. */
    double value(int place, int index) {
        return values[starts[place] + index];
    }

    /**
     * When the newest of the rows was appended to the log, milliseconds since 1970-01-01T00:00Z;
     * far in the past when there is none.
     */
    long appended() {
        return appended;
    }
}
