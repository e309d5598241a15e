package dev.vedette.detection.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What judging a row of a node needs for as long as it takes, and nothing of which is state: nodes
 * that never judge at once share it, as it would be 3 KB of some 17 for each of thousands of nodes.
 * Not thread-safe.
 */
public final class NodeScratch {
    private final List<Group> groups = new ArrayList<>();

    /** Of no node yet. */
    public NodeScratch() {}

    /**
     * That of a node's group of metrics: all groups of a row are judged before any is asked why.
     */
    Group group(int number) {
        while (groups.size() <= number) {
            groups.add(new Group());
        }
        return groups.get(number);
    }

    /** Columns with room for all metrics of a group. */
    static final class Group {
        /** The row, and what each metric had to do with it. */
        final double[] values = column();

        final double[] shares = column();

        /** Of {@link MetricMoments}: deviations, those that count, and how fast each is learnt. */
        final double[] z = column();

        final double[] judged = column();
        final double[] rates = column();

        /** Of {@link JointMoments}: the row solved forward; its squares sum to the distance's. */
        final double[] solved = column();

        final double[] keeps = column();
        final double[] weighted = column();

        private static double[] column() {
            return new double[NodeDetector.MAX_METRICS];
        }
    }
}
