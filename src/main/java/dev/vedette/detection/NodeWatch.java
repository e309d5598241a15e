package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * When each followed node of a shard would be silent. Time counts only while the worker looks: a
 * service that stood still has not seen anybody fall silent. Bounded: beyond {@value #MOST} nodes
 * no further ones are watched. Not thread-safe.
 */
final class NodeWatch {
    /** Most nodes watched in one shard. */
    static final int MOST = 50_000;

    /** Time between two looks counts up to this. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

    private record Due(long watched, NodeKey node) {}

    private final Map<NodeKey, Long> deadlines = new HashMap<>();
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::watched));
    private long watched;
    private @Nullable Instant lastLook;

    /** From now on that long; replaces what was set for the node. */
    void expect(NodeKey node, long withinMillis) {
        if (deadlines.size() >= MOST && !deadlines.containsKey(node)) {
            return;
        }
        long deadline = watched + withinMillis;
        Long before = deadlines.put(node, deadline);
        // An earlier entry in the queue finds the later deadline when its time comes.
        if (before == null || before > deadline) {
            queue.add(new Due(deadline, node));
        }
    }

    /** The node is not watched any more. */
    void forget(NodeKey node) {
        deadlines.remove(node);
    }

    /**
     * Lets time go on to now.
     *
     * @param counts whether the time since the last look counts
     * @return whether a node may be overdue
     */
    boolean look(Instant now, boolean counts) {
        Duration since = lastLook == null ? Duration.ZERO : Duration.between(lastLook, now);
        lastLook = now;
        watched += counts ? Math.clamp(since.toMillis(), 0, LONGEST_LOOK.toMillis()) : 0;
        Due first = queue.peek();
        return first != null && first.watched <= watched;
    }

    /** The nodes that have been silent for too long; they are watched no more. */
    List<NodeKey> overdue() {
        List<NodeKey> overdue = new ArrayList<>();
        for (Due due = queue.peek(); due != null && due.watched <= watched; due = queue.peek()) {
            queue.remove();
            Long deadline = deadlines.get(due.node);
            if (deadline == null) {
                continue;
            }
            if (deadline > watched) {
                queue.add(new Due(deadline, due.node));
            } else {
                deadlines.remove(due.node);
                overdue.add(due.node);
            }
        }
        return overdue;
    }
}
