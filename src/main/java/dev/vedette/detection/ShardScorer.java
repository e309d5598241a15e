package dev.vedette.detection;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesTable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The evaluators of one shard, in memory. A series is brought in with its first point, all of a
 * tick together: two look-ups a tick, never one per series. Not thread-safe: one worker owns it.
 */
final class ShardScorer {
    /** Most series of a tick whose engine is changed: each reads its history again. */
    private static final int MOVES_A_TICK = 32;

    private final int shard;
    private final ShardStore store;
    private final Evaluation evaluation;
    private final SeriesTable<SeriesAtWork> atWork = new SeriesTable<>();
    private final Runnable goOn;
    private long ticks;
    private final EvaluatorSource evaluators;
    private final ShardNodes nodes;
    private final NodeFindings nodeFindings;

    /**
     * Of that shard.
     *
     * @param goOn asked before each series; throws when there is to be no more
     */
    ShardScorer(int shard, ShardStore store, Evaluation evaluation, Runnable goOn) {
        this.goOn = goOn;
        this.shard = shard;
        this.store = store;
        this.evaluation = evaluation;
        this.evaluators = new EvaluatorSource(evaluation);
        this.nodes = new ShardNodes(shard, store, evaluation);
        this.nodeFindings = new NodeFindings(shard, store, evaluation);
    }

    /**
     * Judges the points of one tick.
     *
     * @param settings by which
     * @param at the time given to anomalies that are new
     */
    TickFindings.Outcome judge(TickPoints points, SettingsSource.Revision settings, Instant at) {
        bringIn(points, settings);
        TickFindings found = new TickFindings(evaluation, at);
        move(points, settings, found);
        for (long id : points.seriesIds()) {
            goOn.run();
            SeriesAtWork series = atWork.get(id);
            if (series == null) {
                found.addOrphaned(points.of(id).size());
            } else {
                judge(series, points.of(id), found);
            }
        }
        ShardNodes.Outcome ofNodes = nodes.judge(points.appended(), at);
        found.add(nodeFindings.explained(ofNodes, settings, at), ofNodes.findings());
        return found.outcome();
    }

    /** Judges the points of a tick that is stored already: states move, nothing is emitted. */
    void replay(TickPoints points, SettingsSource.Revision settings) {
        bringIn(points, settings);
        for (long id : points.seriesIds()) {
            goOn.run();
            SeriesAtWork series = atWork.get(id);
            if (series != null) {
                isolated(series, () -> series.judge(points.of(id), nodes.of(series)));
            }
        }
        nodes.judge(points.appended());
    }

    /** Watches over the nodes that were followed up to the last checkpoint; before any tick. */
    void watch() {
        nodes.watch();
    }

    /**
     * Whether a node may have fallen silent by now, so that a tick is due without points.
     *
     * @param caughtUp whether all that was sent has been read: only then does time count
     */
    boolean mayBeSilent(Instant now, boolean caughtUp) {
        return nodes.mayBeSilent(now, caughtUp);
    }

    /** The states changed since the last checkpoint; unchanged from then on. */
    List<Checkpoint.Snapshot> snapshots() {
        List<SeriesAtWork> changed =
                atWork.values().stream().filter(SeriesAtWork::isChanged).toList();
        evaluators.checkpointed();
        return new MadeWhenAsked<>(changed, SeriesAtWork::snapshot);
    }

    /**
     * Whether an evaluator was made from stored points since the last checkpoint. The tick that did
     * it must be one: made again in a replay, it could have read points that came in later.
     */
    boolean hasRebuilt() {
        return evaluators.hasRebuilt();
    }

    /** The states of nodes changed since the last checkpoint; unchanged from then on. */
    List<Checkpoint.NodeSnapshot> nodeSnapshots() {
        return nodes.snapshots();
    }

    /** How many evaluators are in memory, of series and of nodes. */
    int size() {
        return atWork.size() + nodes.size();
    }

    /** Forgets the least recently used evaluators whose state is stored, down to that many. */
    void shrinkTo(int most) {
        nodes.shrinkTo(most);
        int surplus = atWork.size() - most;
        if (surplus <= 0) {
            return;
        }
        long[] used =
                atWork.values().stream()
                        .filter(series -> !series.isChanged())
                        .mapToLong(SeriesAtWork::usedIn)
                        .sorted()
                        .limit(surplus)
                        .toArray();
        if (used.length > 0) {
            long latest = used[used.length - 1];
            atWork.removeIf(series -> !series.isChanged() && series.usedIn() <= latest);
        }
    }

    private void judge(SeriesAtWork series, TickPoints.Sorted points, TickFindings found) {
        isolated(series, () -> found.add(series, series.judge(points, nodes.of(series))));
    }

    // A detector that throws spoils its own series only: its state is dropped, and the next tick
    // starts from the last stored one.
    private void isolated(SeriesAtWork series, Runnable judging) {
        try {
            judging.run();
        } catch (RuntimeException e) {
            atWork.remove(series.series().id().value());
            evaluation.listener().failed(series.series(), e);
        }
    }

    // Only while judging, never in a replay: each tick that moves a series is a checkpoint, so the
    // replay starts after it.
    private void move(TickPoints points, SettingsSource.Revision settings, TickFindings found) {
        int moves = 0;
        for (long id : points.seriesIds()) {
            SeriesAtWork series = atWork.get(id);
            if (series != null && series.isToMove() && moves++ < MOVES_A_TICK) {
                found.end(series);
                long before = points.of(id).epochMillis()[0];
                String reason = "engine was " + series.engine();
                atWork.put(id, evaluators.rebuild(series.series(), settings, before, reason));
            }
        }
    }

    private void bringIn(TickPoints points, SettingsSource.Revision settings) {
        ticks++;
        Set<Long> unknown = new HashSet<>();
        for (long id : points.seriesIds()) {
            SeriesAtWork known = atWork.get(id);
            if (known == null) {
                unknown.add(id);
            } else {
                known.follow(settings, evaluation.engines());
            }
        }
        if (!unknown.isEmpty()) {
            bringIn(unknown, points, settings);
        }
        List<SeriesAtWork> inTick =
                points.seriesIds().stream().map(atWork::get).filter(Objects::nonNull).toList();
        inTick.forEach(series -> series.use(ticks));
        nodes.bringIn(inTick, settings);
    }

    private void bringIn(Set<Long> unknown, TickPoints points, SettingsSource.Revision settings) {
        Map<Long, Series> found = store.series(unknown);
        Map<Long, Checkpoint.Snapshot> snapshots = store.snapshots(shard, found.keySet());
        found.forEach((id, series) -> {
            goOn.run();
            long before = points.of(id).epochMillis()[0];
            atWork.put(id, evaluators.open(series, settings, snapshots.get(id), before));
        });
    }
}
