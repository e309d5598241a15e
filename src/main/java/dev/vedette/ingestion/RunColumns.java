package dev.vedette.ingestion;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns admission writes sound points into, run by run. Closing a run sorts it by time when
 * it is not and keeps the last point of each time. Not thread-safe.
 */
final class RunColumns {
    private final long[] epochMillis;
    private final double[] values;
    private int size;
    private int runStart;
    private boolean ascending;
    private int duplicates;
    private int gaps;

    RunColumns(int capacity) {
        epochMillis = new long[capacity];
        values = new double[capacity];
    }

    /** Starts a run and says where. */
    int startRun() {
        runStart = size;
        ascending = true;
        return size;
    }

    void add(long time, double value) {
        ascending &= size == runStart || time > epochMillis[size - 1];
        epochMillis[size] = time;
        values[size++] = value;
    }

    /** Ends the run. */
    void endRun() {
        if (!ascending) {
            sortRun();
        }
        gaps += Gaps.count(epochMillis, runStart, size);
    }

    private void sortRun() {
        int[] order =
                IntStream.range(runStart, size)
                        .boxed()
                        // stable, so that of equal times the last received stays last
                        .sorted((a, b) -> Long.compare(epochMillis[a], epochMillis[b]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        long[] times = Arrays.stream(order).mapToLong(i -> epochMillis[i]).toArray();
        double[] sorted = Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
        int kept = runStart;
        for (int i = 0; i < times.length; i++) {
            if (i + 1 < times.length && times[i + 1] == times[i]) {
                duplicates++;
                continue;
            }
            epochMillis[kept] = times[i];
            values[kept++] = sorted[i];
        }
        size = kept;
    }

    int size() {
        return size;
    }

    AdmittedBatch toBatch(List<AdmittedSeries> series, Refusals refusals) {
        return new AdmittedBatch(series, epochMillis, values, duplicates, gaps, refusals);
    }
}
