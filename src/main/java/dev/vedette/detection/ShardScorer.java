package dev.vedette.detection;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The evaluators of one shard, in memory. A series is brought in with its first point, all of a
 * tick together: a look-up for thousands, never one per series. Not thread-safe: one worker owns
 * it.
 */
final class ShardScorer {
    /** Most series of a tick whose engine is changed: each reads its history again. */
    private static final int MOVES_A_TICK = 32;

    /** Most stored states in memory beside what is made of them. */
    private static final int STATES_AT_ONCE = 2_000;

    private final int shard;
    private final ShardStore store;
    private final Evaluation evaluation;
    private final SeriesTable<SeriesAtWork> atWork = new SeriesTable<>();
    private final Runnable goOn;
    private long ticks;
    private final EvaluatorSource evaluators;
    private final SiblingPriors priors;
    private final ShardNodes nodes;
    private final NodeFindings nodeFindings;
    private final SeriesFindings said = new SeriesFindings();

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
        this.priors = new SiblingPriors(store, evaluation.engines(), evaluation.siblings());
        this.evaluators = new EvaluatorSource(evaluation, priors);
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
        bringIn(points, settings, Optional.of(at));
        TickFindings found = new TickFindings(evaluation, at);
        move(points, settings, found);
        for (int place = 0; place < points.series(); place++) {
            goOn.run();
            SeriesAtWork series = atWork.get(points.id(place));
            if (series == null) {
                found.addOrphaned(points.size(place));
            } else {
                judge(series, points, place, found);
            }
        }
        ShardNodes.Outcome ofNodes = nodes.judge(points.appended(), at, found.peaks());
        found.add(nodeFindings.explained(ofNodes, settings, at), ofNodes.levels());
        return found.outcome();
    }

    /** Judges the points of a tick that is stored already: states move, nothing is emitted. */
    void replay(TickPoints points, SettingsSource.Revision settings) {
        bringIn(points, settings, Optional.empty());
        for (int place = 0; place < points.series(); place++) {
            goOn.run();
            SeriesAtWork series = atWork.get(points.id(place));
            if (series != null) {
                judge(series, points, place, null);
            }
        }
        nodes.judge(points.appended(), new FoundPeaks());
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

    // A detector that throws spoils its own series only: its state is dropped, and the next tick
    // starts from the last stored one.
    private void judge(
            SeriesAtWork series, TickPoints points, int place, @Nullable TickFindings found) {
        try {
            series.judge(points, place, nodes.of(series), said);
            if (found != null) {
                found.add(series, said);
            }
        } catch (RuntimeException e) {
            atWork.remove(series.series().id().value());
            priors.spoil(series.series().id().value());
            evaluation.listener().failed(series.series(), e);
        }
    }

    // Only while judging, never in a replay: each tick that moves a series is a checkpoint, so the
    // replay starts after it.
    private void move(TickPoints points, SettingsSource.Revision settings, TickFindings found) {
        int moves = 0;
        for (int place = 0; place < points.series(); place++) {
            SeriesAtWork series = atWork.get(points.id(place));
            if (series != null && series.isToMove() && moves++ < MOVES_A_TICK) {
                found.end(series);
                String reason = "engine was " + series.engine();
                atWork.put(
                        points.id(place),
                        evaluators.rebuild(series.series(), settings, points.first(place), reason));
            }
        }
    }

    /** The priors made since they were last taken, to be stored with the tick. */
    List<SeriesPrior> takePriors() {
        return priors.take();
    }

    // Without a time this is a replay: series begin with what they began with, nothing is made.
    private void bringIn(
            TickPoints points, SettingsSource.Revision settings, Optional<Instant> at) {
        ticks++;
        Set<Long> unknown = new HashSet<>();
        for (int place = 0; place < points.series(); place++) {
            SeriesAtWork known = atWork.get(points.id(place));
            if (known == null) {
                unknown.add(points.id(place));
            } else {
                known.follow(settings, evaluation.engines());
            }
        }
        if (!unknown.isEmpty()) {
            bringIn(unknown, points, settings, at);
        }
        List<SeriesAtWork> inTick = new ArrayList<>(points.series());
        for (int place = 0; place < points.series(); place++) {
            SeriesAtWork series = atWork.get(points.id(place));
            if (series != null) {
                series.use(ticks);
                inTick.add(series);
            }
        }
        nodes.bringIn(inTick, settings);
    }

    private void bringIn(
            Set<Long> unknown,
            TickPoints points,
            SettingsSource.Revision settings,
            Optional<Instant> at) {
        Map<Long, Series> found = store.series(unknown);
        List<Long> ids = new ArrayList<>(found.keySet());
        for (int from = 0; from < ids.size(); from += STATES_AT_ONCE) {
            List<Long> some = ids.subList(from, Math.min(ids.size(), from + STATES_AT_ONCE));
            Map<Long, Checkpoint.Snapshot> snapshots = store.snapshots(shard, some);
            Map<Long, SeriesPrior> begun = begun(found, some, snapshots.keySet(), settings, at);
            for (long id : some) {
                goOn.run();
                Series series = Objects.requireNonNull(found.get(id));
                long before = points.first(points.place(id));
                Optional<SeriesPrior> prior = Optional.ofNullable(begun.get(id));
                atWork.put(id, evaluators.open(series, settings, snapshots.get(id), prior, before));
            }
        }
    }

    /** What those begin with of which no state is known. */
    private Map<Long, SeriesPrior> begun(
            Map<Long, Series> found,
            List<Long> ids,
            Set<Long> known,
            SettingsSource.Revision settings,
            Optional<Instant> at) {
        Map<Series, String> unknown = new LinkedHashMap<>();
        for (long id : ids) {
            Series series = Objects.requireNonNull(found.get(id));
            if (!known.contains(id)) {
                unknown.put(series, settings.of(series).engine());
            }
        }
        return at.isPresent() ? priors.begin(unknown, at.get()) : priors.stored(unknown.keySet());
    }
}
