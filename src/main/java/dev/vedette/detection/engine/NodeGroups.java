package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a node in groups of {@value NodeDetector#MAX_METRICS}, in the order in which they
 * joined, each judged by a {@link NodeDetector} of its own. Not thread-safe.
 */
final class NodeGroups {
    /** Most groups. */
    static final int MOST = 8;

    private final List<NodeDetector> groups = new ArrayList<>();
    private int metrics;
    private double score;

    // No state: what was made of the last row.
    private final NodeScratch scratch;
    private double[] blames = {};

    NodeGroups(NodeScratch scratch) {
        this.scratch = scratch;
    }

    /** How many metrics. */
    int metrics() {
        return metrics;
    }

    /** The highest score of the groups at the last row, in [0,1]. */
    double score() {
        return score;
    }

    /** Judges the next row; the group with the highest score, none when the row was empty. */
    @Nullable NodeDetector judge(NodeRow row) {
        grow(Math.min(row.metrics(), MOST * NodeDetector.MAX_METRICS));
        NodeDetector strongest = null;
        score = 0;
        for (int g = 0; g < groups.size(); g++) {
            NodeDetector group = groups.get(g);
            double[] values = scratch.group(g).values;
            double own = group.update(values, strangeness(row, g, values));
            if (strongest == null || own > score) {
                strongest = group;
                score = own;
            }
        }
        return strongest;
    }

    private void grow(int wanted) {
        if (wanted <= metrics) {
            return;
        }
        metrics = wanted;
        for (int from = 0; from < wanted; from += NodeDetector.MAX_METRICS) {
            int size = Math.min(NodeDetector.MAX_METRICS, wanted - from);
            int group = from / NodeDetector.MAX_METRICS;
            if (group == groups.size()) {
                groups.add(new NodeDetector(size, scratch.group(group)));
            } else {
                groups.get(group).grow(size);
            }
        }
        blames = new double[wanted];
    }

    /** Copies the values of a group; mean strangeness of the metrics that have one. */
    private double strangeness(NodeRow row, int group, double[] values) {
        int from = group * NodeDetector.MAX_METRICS;
        int size = groups.get(group).metrics();
        double sum = 0;
        int present = 0;
        for (int i = 0; i < size; i++) {
            values[i] = row.value(from + i);
            sum += row.strangeness(from + i);
            present += row.has(from + i) ? 1 : 0;
        }
        return present == 0 ? 0 : sum / present;
    }

    /** By how much the last row exceeded the usual, over all groups. */
    double excess() {
        double excess = 0;
        for (NodeDetector group : groups) {
            excess += excess(group);
        }
        return excess;
    }

    private static double excess(NodeDetector group) {
        return Math.max(0, group.unlikeness() - group.usualUnlikeness());
    }

    /** The same of the last few rows. */
    double recentExcess() {
        double excess = 0;
        for (NodeDetector group : groups) {
            excess += group.recentExcess();
        }
        return excess;
    }

    /**
     * Shares the row just judged out among its metrics: the joint part by their part in the
     * distance, the rest by how strange each is.
     *
     * @return overwritten by the next call
     */
    double[] blame(NodeRow row) {
        for (int g = 0; g < groups.size(); g++) {
            NodeDetector group = groups.get(g);
            int from = g * NodeDetector.MAX_METRICS;
            double sum = 0;
            for (int i = 0; i < group.metrics(); i++) {
                sum += row.strangeness(from + i);
            }
            double joint = group.jointShare();
            double[] shares = scratch.group(g).shares;
            group.contributions(shares);
            for (int i = 0; i < group.metrics(); i++) {
                double alone = sum > 0 ? row.strangeness(from + i) / sum : 0;
                blames[from + i] = excess(group) * (joint * shares[i] + (1 - joint) * alone);
            }
        }
        return blames;
    }

    /** The whole state. */
    byte[] snapshot() {
        List<byte[]> inner = groups.stream().map(NodeDetector::snapshot).toList();
        int bytes = inner.stream().mapToInt(one -> Integer.BYTES + one.length).sum();
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + bytes).putInt(metrics);
        inner.forEach(one -> out.putInt(one.length).put(one));
        return out.array();
    }

    /** The groups of a snapshot, which is the rest of the buffer. */
    static NodeGroups read(ByteBuffer in, NodeScratch scratch) {
        NodeGroups groups = new NodeGroups(scratch);
        groups.metrics = in.getInt();
        groups.blames = new double[groups.metrics];
        while (in.hasRemaining()) {
            byte[] inner = new byte[in.getInt()];
            in.get(inner);
            groups.groups.add(NodeDetector.restore(inner, scratch.group(groups.groups.size())));
        }
        return groups;
    }
}
