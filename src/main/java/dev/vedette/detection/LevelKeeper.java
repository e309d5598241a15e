package dev.vedette.detection;

import dev.vedette.detection.engine.NodeRow;
import dev.vedette.series.NodeKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sums up the rows of a node to its levels of five minutes. No part of a node's stored state: after
 * a restart the running five minutes are told of by their rest. Not thread-safe.
 */
final class LevelKeeper {
    private static final long NONE = Long.MIN_VALUE;

    private long bucket = NONE;
    private long latest;
    private long latestBefore = NONE;
    private double[] sum = {};
    private int[] count = {};
    private double[] last = {};
    private double[] before = {};
    private boolean[] fell = {};

    /**
     * A row of the node, later than the last.
     *
     * @param members ids of its series, by their places in the rows
     * @return the levels of the five minutes before, when it begins others
     */
    Optional<NodeLevels> row(NodeKey node, long[] members, NodeRow row) {
        widen(members.length);
        long its = NodeBuckets.startOf(row.epochMillis());
        Optional<NodeLevels> over = Optional.empty();
        if (its != bucket) {
            over = bucket == NONE ? Optional.empty() : Optional.of(levels(node, members));
            begin(its);
        }
        latest = row.epochMillis();
        for (int i = 0; i < row.metrics(); i++) {
            if (row.has(i)) {
                add(i, row.value(i));
            }
        }
        return over;
    }

    private void widen(int metrics) {
        int old = sum.length;
        if (metrics > old) {
            sum = Arrays.copyOf(sum, metrics);
            count = Arrays.copyOf(count, metrics);
            last = Arrays.copyOf(last, metrics);
            before = Arrays.copyOf(before, metrics);
            fell = Arrays.copyOf(fell, metrics);
            Arrays.fill(last, old, metrics, Double.NaN);
            Arrays.fill(before, old, metrics, Double.NaN);
        }
    }

    private void add(int metric, double value) {
        sum[metric] += value;
        count[metric]++;
        fell[metric] |= value < last[metric];
        last[metric] = value;
    }

    private void begin(long its) {
        latestBefore = bucket == NONE ? NONE : latest;
        bucket = its;
        for (int i = 0; i < sum.length; i++) {
            before[i] = count[i] > 0 ? last[i] : Double.NaN;
            sum[i] = 0;
            count[i] = 0;
            fell[i] = false;
        }
    }

    private NodeLevels levels(NodeKey node, long[] members) {
        float[] means = new float[members.length];
        float[] rates = new float[members.length];
        double seconds = latestBefore == NONE ? Double.NaN : (latest - latestBefore) / 1000.0;
        for (int i = 0; i < members.length; i++) {
            means[i] = count[i] == 0 ? Float.NaN : (float) (sum[i] / count[i]);
            rates[i] =
                    count[i] == 0 || fell[i]
                            ? Float.NaN
                            : (float) ((last[i] - before[i]) / seconds);
        }
        return new NodeLevels(node, Instant.ofEpochMilli(bucket), members, means, rates);
    }
}
