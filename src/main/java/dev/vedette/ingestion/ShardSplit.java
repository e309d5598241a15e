package dev.vedette.ingestion;

import dev.vedette.series.PointBatch;
import dev.vedette.series.Shards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns the requests of one group commit into one batch per shard, its runs sorted by series. Runs
 * of the same series keep the order in which their requests came.
 */
final class ShardSplit {
    // A run's place in the group is packed below its series id, so that sorting longs sorts runs.
    private static final int INDEX_BITS = 23;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

    private ShardSplit() {}

    /**
     * Splits a group.
     *
     * @return one batch for each shard that has points, ascending by shard
     * @throws IllegalStateException when the group has 2^23 runs or more, or a series id is 2^40 or
     *     above: neither fits the packing, and neither can be reached within the queue's bound
     */
    static List<ShardBatch> split(List<CommitRequest> group) {
        Group runs = Group.of(group);
        List<ShardBatch> batches = new ArrayList<>(Shards.COUNT);
        int[] counts = new int[Shards.COUNT];
        for (CommitRequest.Run run : runs.runs) {
            counts[run.series().shard()]++;
        }
        long[][] order = new long[Shards.COUNT][];
        Arrays.setAll(order, shard -> new long[counts[shard]]);
        int[] next = new int[Shards.COUNT];
        for (int i = 0; i < runs.runs.length; i++) {
            int shard = runs.runs[i].series().shard();
            order[shard][next[shard]++] = packed(runs.runs[i].series().id().value(), i);
        }
        for (int shard = 0; shard < order.length; shard++) {
            if (order[shard].length > 0) {
                Arrays.sort(order[shard]);
                batches.add(new ShardBatch(shard, runs.gather(order[shard])));
            }
        }
        return batches;
    }

    private static long packed(long seriesId, int index) {
        if (seriesId >= 1L << (63 - INDEX_BITS) || index > INDEX_MASK) {
            throw new IllegalStateException(
                    "series id " + seriesId + " and run " + index + " do not fit the packing");
        }
        return seriesId << INDEX_BITS | index;
    }

    /** All runs of a group, and the request each belongs to. */
    @SuppressWarnings("ArrayRecordComponent") // local to one split
    private record Group(CommitRequest.Run[] runs, CommitRequest[] owners) {
        static Group of(List<CommitRequest> requests) {
            int count = requests.stream().mapToInt(request -> request.runs().size()).sum();
            CommitRequest.Run[] runs = new CommitRequest.Run[count];
            CommitRequest[] owners = new CommitRequest[count];
            int i = 0;
            for (CommitRequest request : requests) {
                for (CommitRequest.Run run : request.runs()) {
                    runs[i] = run;
                    owners[i++] = request;
                }
            }
            return new Group(runs, owners);
        }

        PointBatch gather(long[] order) {
            long[] ids = new long[order.length];
            int[] ends = new int[order.length];
            int points = 0;
            for (int i = 0; i < order.length; i++) {
                CommitRequest.Run run = runs[(int) (order[i] & INDEX_MASK)];
                ids[i] = run.series().id().value();
                points += run.size();
                ends[i] = points;
            }
            long[] times = new long[points];
            double[] values = new double[points];
            int to = 0;
            for (long packed : order) {
                int index = (int) (packed & INDEX_MASK);
                CommitRequest.Run run = runs[index];
                System.arraycopy(owners[index].epochMillis(), run.start(), times, to, run.size());
                System.arraycopy(owners[index].values(), run.start(), values, to, run.size());
                to += run.size();
            }
            return new PointBatch(ids, ends, times, values);
        }
    }
}
