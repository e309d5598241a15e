package dev.vedette.cli;

import dev.vedette.series.SeriesKey;
import dev.vedette.simulation.FleetSeries;
import dev.vedette.timescale.StorageFill;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the bytes a point takes, hot and merged.
 *
 * @param simulated the values
 * @param diskSeries how many series
 * @param buckets how many buckets of four hours
 * @param step time between points
 * @param checkpoint time between checkpoints
 * @param today the day before which the points lie
 */
record DiskBench(
        SimulatedValues simulated,
        int diskSeries,
        int buckets,
        Duration step,
        Duration checkpoint,
        Instant today) {
    private static final long BUCKET = Duration.ofHours(4).toMillis();
    private static final int HALF_HOUR_SHARE = 8;

    /** Writes, merges and measures. */
    void measure(StorageFill fill, BenchReport report) {
        System.err.println("writing " + buckets + " buckets of " + diskSeries + " series …");
        List<SeriesKey> keys = new ArrayList<>();
        for (FleetSeries one : simulated.fleet().series().subList(0, diskSeries)) {
            keys.add(fill.key("disk-" + one.clusterId(), one.nodeId(), one.metric().name()));
        }
        long[] ids = fill.series(keys);
        int perBucket = (int) (BUCKET / step.toMillis());
        long first = today.toEpochMilli() - (long) Math.ceilDiv(buckets, 6) * 6 * BUCKET;
        long emptyBlocks = fill.bytes("point_block");
        long emptyRollups = rollupBytes(fill);
        long emptyLog = fill.bytes("detection_log");
        for (int bucket = 0; bucket < buckets; bucket++) {
            hot(fill, ids, first + bucket * BUCKET, perBucket, bucket == 0);
            if (bucket == 0) {
                double points = (double) perBucket * diskSeries;
                double blocks = (fill.bytes("point_block") - emptyBlocks) / points;
                double log = (fill.bytes("detection_log") - emptyLog) / points;
                report.add("hot_block_bytes_per_point", "bytes a point in blocks, hot", blocks);
                report.add(
                        "hot_bytes_per_point",
                        "the same with half an hour of log beside four hours of blocks",
                        blocks + log);
            }
            fill.merge();
        }
        double points = (double) perBucket * diskSeries * buckets;
        report.add(
                "merged_bytes_per_point",
                "bytes a point in blocks, merged",
                (fill.bytes("point_block") - emptyBlocks) / points);
        report.add(
                "rollup_bytes_per_point",
                "bytes of roll-ups for each point",
                (rollupBytes(fill) - emptyRollups) / points);
    }

    private static long rollupBytes(StorageFill fill) {
        return fill.bytes("point_rollup_5m") + fill.bytes("point_rollup_1h");
    }

    private void hot(StorageFill fill, long[] ids, long from, int count, boolean logged) {
        double[][] values = new double[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            values[i] = simulated.of(i, from, step.toMillis(), count);
        }
        int slice = (int) (checkpoint.toMillis() / step.toMillis());
        for (int start = 0; start < count; start += slice) {
            int begin = start;
            int size = Math.min(slice, count - start);
            fill.checkpoint(
                    ids,
                    from + start * step.toMillis(),
                    step.toMillis(),
                    size,
                    i -> Arrays.copyOfRange(values[i], begin, begin + size));
        }
        for (int p = 0; logged && p < count / HALF_HOUR_SHARE; p++) {
            double[] moment = new double[ids.length];
            for (int i = 0; i < ids.length; i++) {
                moment[i] = values[i][p];
            }
            fill.log(ids, from + p * step.toMillis(), moment);
        }
    }
}
