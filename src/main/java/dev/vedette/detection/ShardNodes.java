package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.detection.engine.NodeAnomaly;
import dev.vedette.detection.engine.NodeScratch;
import dev.vedette.series.NodeKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The nodes of one shard, judged as wholes, in memory. A node is brought in with its first point,
 * all of a tick together: one look-up a tick, never one per node. Not thread-safe: one worker owns
 * it.
 */
final class ShardNodes {
    /** Id, in an anomaly's record, of what judges nodes. */
    static final String ENGINE = "node";

    private final int shard;
    private final ShardStore store;
    private final Evaluation evaluation;
    private final Map<NodeKey, NodeAtWork> atWork = new LinkedHashMap<>(64, 0.75f, true);
    private final List<NodeAtWork> inTick = new ArrayList<>();
    private final NodeWatch watch = new NodeWatch();
    private final NodeScratch scratch = new NodeScratch();
    private long ticks;

    ShardNodes(int shard, ShardStore store, Evaluation evaluation) {
        this.shard = shard;
        this.store = store;
        this.evaluation = evaluation;
    }

    /** Watches over the nodes that were followed up to the last checkpoint. */
    void watch() {
        store.followedNodes(shard, NodeWatch.MOST).forEach(watch::expect);
    }

    /** Makes the nodes of those series ready for a tick, to be judged by those settings. */
    void bringIn(Collection<SeriesAtWork> series, SettingsSource.Revision settings) {
        inTick.clear();
        ticks++;
        Set<NodeKey> wanted = new LinkedHashSet<>();
        for (SeriesAtWork one : series) {
            if (one.whole() == null) {
                wanted.add(one.node());
            }
        }
        bring(wanted);
        for (SeriesAtWork one : series) {
            NodeAtWork node = of(one);
            if (node.use(ticks)) {
                atWork.get(node.key()); // the latest used now
                node.follow(settings);
                inTick.add(node);
            }
        }
    }

    private void bring(Collection<NodeKey> wanted) {
        List<NodeKey> unknown = wanted.stream().filter(key -> !atWork.containsKey(key)).toList();
        if (unknown.isEmpty()) {
            return;
        }
        Map<NodeKey, byte[]> states = store.nodeSnapshots(shard, unknown);
        for (NodeKey key : unknown) {
            atWork.put(key, open(key, Optional.ofNullable(states.get(key))));
        }
    }

    private NodeAtWork open(NodeKey key, Optional<byte[]> state) {
        if (state.isPresent()) {
            NodeAtWork restored = new NodeAtWork(key, shard, scratch);
            try {
                restored.restore(state.get());
                return restored;
            } catch (CorruptSnapshotException e) {
                evaluation.listener().startedAnew(key, String.valueOf(e.getMessage()));
            }
        }
        return new NodeAtWork(key, shard, scratch);
    }

    /** The node of that series, which was brought in for this tick. */
    NodeAtWork of(SeriesAtWork series) {
        NodeAtWork node = series.whole();
        if (node == null) {
            node = atWork.get(series.node());
            if (node == null) {
                throw new IllegalStateException(series.node() + " was not brought in");
            }
            series.join(node);
        }
        return node;
    }

    /**
     * What one tick found on nodes.
     *
     * @param found by node
     * @param absences of its metrics, by node
     * @param levels of the five minutes that ended, by node
     */
    record Outcome(List<Found> found, List<Absent> absences, List<NodeLevels> levels) {}

    /** The absence of one series. */
    record Absent(long seriesId, AnomalyResult result) {}

    /** An anomaly of a node, with the ids of its series by their places in the rows. */
    record Found(NodeAtWork node, NodeAnomaly anomaly) {}

    /**
     * Judges the rows that the tick completes.
     *
     * @param present {@link TickPoints#appended}
     * @param now for who has fallen silent
     * @param peaks where scores are added
     */
    Outcome judge(long present, Instant now, FoundPeaks peaks) {
        Outcome outcome = judge(present, peaks);
        outcome.found().addAll(silent(now));
        return outcome;
    }

    /** The same of a tick that is stored already: nobody falls silent. */
    Outcome judge(long present, FoundPeaks peaks) {
        List<Found> found = new ArrayList<>();
        List<Absent> absences = new ArrayList<>();
        List<NodeLevels> levels = new ArrayList<>();
        for (NodeAtWork node : inTick) {
            int before = peaks.size();
            // A node that throws spoils itself only: the next tick starts from its stored state.
            try {
                NodeTick tick = node.judge(present, peaks);
                tick.anomalies().forEach(one -> found.add(new Found(node, one)));
                for (Absences.Absence one : tick.absences()) {
                    absences.add(new Absent(node.members()[one.metric()], one.result()));
                }
                tick.levels().ifPresent(levels::add);
                expect(node);
            } catch (RuntimeException e) {
                peaks.shrinkTo(before);
                forget(node);
                evaluation.listener().failed(node.key(), e);
            }
        }
        return new Outcome(found, absences, levels);
    }

    private void forget(NodeAtWork node) {
        node.forget();
        atWork.remove(node.key());
    }

    private void expect(NodeAtWork node) {
        OptionalLong within = node.watchMillis();
        if (within.isPresent()) {
            watch.expect(node.key(), within.getAsLong());
        } else {
            watch.forget(node.key());
        }
    }

    /**
     * Whether a node may have fallen silent by now.
     *
     * @param caughtUp whether all that was sent has been read: only then does time count
     */
    boolean mayBeSilent(Instant now, boolean caughtUp) {
        return watch.look(now, caughtUp);
    }

    /** The nodes that nothing has come from for too long. */
    private List<Found> silent(Instant now) {
        List<NodeKey> overdue = watch.overdue();
        bring(overdue);
        List<Found> found = new ArrayList<>();
        for (NodeKey key : overdue) {
            NodeAtWork node = atWork.get(key);
            if (node != null && node.watchMillis().isPresent()) {
                NodeAnomaly silence = node.silence(now);
                found.add(new Found(node, silence));
                if (silence.result().open()) {
                    watch.expect(key, Absences.RETIRED_MILLIS);
                }
            }
        }
        return found;
    }

    /** The states changed since the last checkpoint; unchanged from then on. */
    List<Checkpoint.NodeSnapshot> snapshots() {
        return new MadeWhenAsked<>(
                atWork.values().stream().filter(NodeAtWork::isChanged).toList(),
                NodeAtWork::snapshot);
    }

    /** How many nodes are in memory. */
    int size() {
        return atWork.size();
    }

    /** Forgets the least recently used nodes whose state is stored, down to that many. */
    void shrinkTo(int most) {
        inTick.clear();
        int surplus = atWork.size() - most;
        var eldest = atWork.values().iterator();
        while (surplus > 0 && eldest.hasNext()) {
            NodeAtWork node = eldest.next();
            if (!node.isChanged()) {
                node.forget();
                eldest.remove();
                surplus--;
            }
        }
    }
}
