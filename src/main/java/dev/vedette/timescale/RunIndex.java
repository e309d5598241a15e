package dev.vedette.timescale;

import dev.vedette.series.PointBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Finds all runs of each series in a list of batches, in the order in which they were sent. Two
 * passes of counting, no sorting of points and no boxing: a checkpoint may hold millions.
 */
final class RunIndex {
    private final List<PointBatch> batches;
    private final long[] ids;
    private final int[] starts;
    private final int[] batchOf;
    private final int[] runOf;

    RunIndex(List<PointBatch> batches) {
        this.batches = batches;
        int runs = batches.stream().mapToInt(PointBatch::runs).sum();
        int[] seriesOf = new int[runs];
        ids = distinct(batches, seriesOf);
        starts = new int[ids.length + 1];
        for (int series : seriesOf) {
            starts[series + 1]++;
        }
        for (int i = 0; i < ids.length; i++) {
            starts[i + 1] += starts[i];
        }
        batchOf = new int[runs];
        runOf = new int[runs];
        place(seriesOf);
    }

    /** The series, by id, ascending. */
    long[] ids() {
        return ids.clone();
    }

    /** Adds all points of the series at that index of {@link #ids()}, in the order sent. */
    void collect(int series, PointMerge into) {
        for (int i = starts[series]; i < starts[series + 1]; i++) {
            PointBatch batch = batches.get(batchOf[i]);
            int run = runOf[i];
            for (int p = batch.runStart(run); p < batch.runEnds()[run]; p++) {
                into.add(batch.epochMillis()[p], batch.values()[p]);
            }
        }
    }

    private void place(int[] seriesOf) {
        int[] next = Arrays.copyOf(starts, ids.length);
        int position = 0;
        for (int b = 0; b < batches.size(); b++) {
            for (int run = 0; run < batches.get(b).runs(); run++) {
                int at = next[seriesOf[position++]]++;
                batchOf[at] = b;
                runOf[at] = run;
            }
        }
    }

    // The ids, ascending; and for each run the index of its id among them.
    private static long[] distinct(List<PointBatch> batches, int[] seriesOf) {
        long[] all = new long[seriesOf.length];
        int count = 0;
        for (PointBatch batch : batches) {
            System.arraycopy(batch.seriesIds(), 0, all, count, batch.runs());
            count += batch.runs();
        }
        long[] sorted = all.clone();
        Arrays.sort(sorted);
        int kept = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        long[] ids = Arrays.copyOf(sorted, kept);
        int guess = 0;
        for (int i = 0; i < all.length; i++) {
            // Senders send their series in the same order each time.
            guess = guess + 1 < kept ? guess + 1 : 0;
            if (ids[guess] != all[i]) {
                guess = Arrays.binarySearch(ids, all[i]);
            }
            seriesOf[i] = guess;
        }
        return ids;
    }
}
