package dev.vedette.detection;

import dev.vedette.ingestion.InMemoryPointLog;
import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.series.NodeKey;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.Shards;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The store of shards, in memory, on a log and a catalogue in memory, for tests; fails before or
 * after a commit when told to. Keeps the watermark of every tick ever, so that a test can judge the
 * same points again. For one thread.
 */
public final class InMemoryShardStore implements ShardStore {
    /** How the next commit fails. */
    public enum Failure {
        /** It does not. */
        NONE,
        /** Nothing is stored, and the worker hears so. */
        BEFORE,
        /** All is stored, and the worker does not hear of it. */
        AFTER
    }

    private final InstantSource clock;
    private final InMemoryPointLog log;
    private final InMemorySeriesStore catalogue;
    private final Map<String, Instant> workers = new HashMap<>();
    private final Map<Integer, Shard> shards = new HashMap<>();

    /** Stored anomalies. */
    public final Map<UUID, Anomaly> anomalies = new TreeMap<>();

    /** Where traces go on with anomalies. */
    final Map<UUID, SpanContext> traces = new TreeMap<>();

    /** The latest levels of nodes. */
    public final Map<NodeKey, NodeLevels> levels = new HashMap<>();

    /** Stored score buckets. */
    public final Map<ScoreBucket.Key, ScoreBucket> buckets = new HashMap<>();

    /** Stored detector states by series. */
    public final Map<Long, Checkpoint.Snapshot> snapshots = new TreeMap<>();

    /** How many stored states were read. */
    int statesRead;

    /** Stored states of nodes. */
    public final Map<NodeKey, byte[]> nodeStates = new HashMap<>();

    /** What series began with. */
    public final Map<Long, SeriesPrior> priors = new TreeMap<>();

    private final Map<NodeKey, Long> followed = new HashMap<>();

    /** Points in blocks, by series and time. */
    public final Map<Long, SortedMap<Long, Double>> blocks = new TreeMap<>();

    /** What happens to the next commit. */
    public Failure failure = Failure.NONE;

    /** With the clock by which leases expire, and what the way in writes to. */
    public InMemoryShardStore(
            InstantSource clock, InMemoryPointLog log, InMemorySeriesStore catalogue) {
        this.clock = clock;
        this.log = log;
        this.catalogue = catalogue;
    }

    private static final class Shard {
        private final SortedMap<Long, Watermark> ticks = new TreeMap<>();
        private final SortedMap<Long, Watermark> everTicks = new TreeMap<>();
        private long checkpointTick;
        private Watermark checkpoint = Watermark.START;
        private String owner = "";
        private long epoch;
        private Instant until = Instant.MIN;
    }

    private Shard shard(int shard) {
        return shards.computeIfAbsent(shard, _ -> new Shard());
    }

    /** The watermark of every tick ever, oldest first. */
    public List<Watermark> everTicked(int shard) {
        return List.copyOf(shard(shard).everTicks.values());
    }

    @Override
    public Optional<Lease> acquire(int shard, String owner, Duration ttl) {
        Shard state = shard(shard);
        if (!state.owner.equals(owner)) {
            if (clock.instant().isBefore(state.until)) {
                return Optional.empty();
            }
            state.epoch++;
            state.owner = owner;
        }
        state.until = clock.instant().plus(ttl);
        return Optional.of(new Lease(shard, owner, state.epoch));
    }

    @Override
    public boolean renew(Lease lease, Duration ttl) {
        if (!isHeld(lease)) {
            return false;
        }
        shard(lease.shard()).until = clock.instant().plus(ttl);
        return true;
    }

    @Override
    public int beat(String owner, Duration ttl) {
        workers.put(owner, clock.instant().plus(ttl));
        shards.values().stream()
                .filter(shard -> shard.owner.equals(owner))
                .forEach(shard -> shard.until = clock.instant().plus(ttl));
        workers.values().removeIf(until -> until.isBefore(clock.instant()));
        return workers.size();
    }

    @Override
    public void leave(String owner) {
        workers.remove(owner);
    }

    private boolean isHeld(Lease lease) {
        Shard state = shard(lease.shard());
        return state.owner.equals(lease.owner()) && state.epoch == lease.epoch();
    }

    @Override
    public void release(Lease lease) {
        if (isHeld(lease)) {
            shard(lease.shard()).until = Instant.MIN;
        }
    }

    @Override
    public ShardState load(int shard) {
        Shard state = shard(shard);
        long tick = state.ticks.isEmpty() ? state.checkpointTick : state.ticks.lastKey();
        Watermark at = state.ticks.getOrDefault(tick, state.checkpoint);
        List<Watermark> replay =
                List.copyOf(state.ticks.tailMap(state.checkpointTick + 1).values());
        return new ShardState(tick, at, state.checkpointTick, state.checkpoint, replay);
    }

    @Override
    public Map<Integer, Watermark> newest() {
        Map<Integer, Watermark> newest = new HashMap<>();
        for (int shard = 0; shard < Shards.COUNT; shard++) {
            Map<Long, Long> lanes = new HashMap<>();
            rows(shard).forEach(row -> lanes.merge(row.lane(), row.seq(), Math::max));
            if (!lanes.isEmpty()) {
                newest.put(shard, Watermark.of(lanes));
            }
        }
        return newest;
    }

    @Override
    public List<LogRow> read(int shard, Watermark after, Optional<Watermark> upTo, int maxPoints) {
        List<LogRow> found = new ArrayList<>();
        int points = 0;
        List<LogRow> rows = new ArrayList<>(rows(shard));
        rows.sort(Comparator.comparingLong(LogRow::lane).thenComparingLong(LogRow::seq));
        for (LogRow row : rows) {
            boolean isIn = upTo.map(end -> row.seq() <= end.seq(row.lane())).orElse(true);
            if (row.seq() > after.seq(row.lane()) && isIn && points < maxPoints) {
                found.add(row);
                points += row.points().size();
            }
        }
        return found;
    }

    private List<LogRow> rows(int shard) {
        return log.rows(shard).stream().map(InMemoryShardStore::logRow).toList();
    }

    /** That row of the log as workers see it. */
    static LogRow logRow(InMemoryPointLog.Row row) {
        return new LogRow(
                row.lane(), row.seq(), row.committedAt(), row.points(), row::points, row.traces());
    }

    /**
     * The points of the series by time, in blocks and in what the log holds beyond the shard's
     * checkpoint; of each time the value sent last, NaN where it is a known gap.
     */
    SortedMap<Long, Double> points(Series series) {
        Map<Long, SortedMap<Long, Double>> merged = new HashMap<>();
        long id = series.id().value();
        merged.put(id, new TreeMap<>(blocks.getOrDefault(id, Collections.emptySortedMap())));
        Watermark checkpoint = shard(series.shard()).checkpoint;
        rows(series.shard()).stream()
                .filter(row -> row.seq() > checkpoint.seq(row.lane()))
                .forEach(row -> merge(row.points(), merged));
        return merged.getOrDefault(id, Collections.emptySortedMap());
    }

    @Override
    public Map<Long, Checkpoint.Snapshot> snapshots(int shard, Collection<Long> seriesIds) {
        Map<Long, Checkpoint.Snapshot> found = new HashMap<>(snapshots);
        found.keySet().retainAll(seriesIds);
        statesRead += found.size();
        return found;
    }

    @Override
    public Map<Long, SeriesPrior> priors(Collection<Long> seriesIds) {
        Map<Long, SeriesPrior> found = new HashMap<>(priors);
        found.keySet().retainAll(seriesIds);
        return found;
    }

    @Override
    public Map<Siblinghood, List<byte[]>> siblings(Collection<Siblinghood> kinds, int most) {
        return kinds.stream().collect(Collectors.toMap(kind -> kind, kind -> siblings(kind, most)));
    }

    private List<byte[]> siblings(Siblinghood kind, int most) {
        return catalogue.all().stream()
                .filter(one -> one.key().tenant().equals(kind.tenant()))
                .filter(one -> one.key().metricName().equals(kind.metricName()))
                .filter(one -> one.key().labels().equals(kind.labels()))
                .sorted(
                        Comparator.comparing((Series one) ->
                                        !one.key().clusterId().equals(kind.clusterId()))
                                .thenComparing(one -> one.key().clusterId())
                                .thenComparingLong(one -> one.id().value()))
                .map(one -> snapshots.get(one.id().value()))
                .filter(Objects::nonNull)
                .filter(one -> one.engine().equals(kind.engine()) && one.warmAtMillis().isEmpty())
                .map(Checkpoint.Snapshot::state)
                .limit(most)
                .toList();
    }

    @Override
    public Map<NodeKey, byte[]> nodeSnapshots(int shard, Collection<NodeKey> nodes) {
        Map<NodeKey, byte[]> found = new HashMap<>(nodeStates);
        found.keySet().retainAll(nodes);
        return found;
    }

    @Override
    public Map<NodeKey, Long> followedNodes(int shard, int most) {
        return new HashMap<>(followed);
    }

    @Override
    public Map<Long, Series> series(Collection<Long> seriesIds) {
        return catalogue.all().stream()
                .filter(one -> seriesIds.contains(one.id().value()))
                .collect(Collectors.toMap(one -> one.id().value(), one -> one));
    }

    @Override
    public List<ScoreBucket> buckets(Collection<ScoreBucket.Key> keys) {
        return keys.stream().map(buckets::get).filter(Objects::nonNull).toList();
    }

    @Override
    public void commit(Lease lease, TickResult tick) {
        if (!isHeld(lease)) {
            throw new LeaseLostException(lease);
        }
        Failure how = failure;
        failure = Failure.NONE;
        if (how == Failure.BEFORE) {
            throw new StorageUnavailableException("told to fail", new IllegalStateException());
        }
        store(lease.shard(), tick);
        if (how == Failure.AFTER) {
            throw new StorageUnavailableException("told to fail", new IllegalStateException());
        }
    }

    private void store(int shard, TickResult tick) {
        Shard state = shard(shard);
        if (tick.tick() != load(shard).tick() + 1) {
            throw new IllegalStateException("tick " + tick.tick() + " is not the next");
        }
        state.ticks.put(tick.tick(), tick.watermark());
        state.everTicks.put(tick.tick(), tick.watermark());
        for (Anomaly anomaly : tick.anomalies()) {
            anomalies.merge(anomaly.id(), anomaly, InMemoryShardStore::keepCreation);
        }
        traces.putAll(tick.traces());
        tick.priors().forEach(prior -> priors.putIfAbsent(prior.seriesId(), prior));
        tick.levels().forEach(one -> levels.put(one.node(), one));
        tick.buckets().forEach(bucket -> buckets.put(bucket.key(), bucket));
        tick.checkpoint()
                .ifPresent(checkpoint -> {
                    state.checkpointTick = tick.tick();
                    state.checkpoint = tick.watermark();
                    checkpoint.snapshots().forEach(one -> snapshots.put(one.seriesId(), one));
                    checkpoint.nodes().forEach(one -> store(one));
                    checkpoint.points().forEach(batch -> merge(batch, blocks));
                });
    }

    private void store(Checkpoint.NodeSnapshot node) {
        nodeStates.put(node.node(), node.state());
        followed.remove(node.node());
        node.watchMillis().ifPresent(within -> followed.put(node.node(), within));
    }

    private static Anomaly keepCreation(Anomaly before, Anomaly now) {
        return new Anomaly(
                now.id(),
                now.place(),
                now.result(),
                now.contributions(),
                now.explanation(),
                now.engine(),
                now.engineVersion(),
                now.status(),
                before.createdAt());
    }

    private static void merge(PointBatch batch, Map<Long, SortedMap<Long, Double>> into) {
        for (int run = 0; run < batch.runs(); run++) {
            SortedMap<Long, Double> points =
                    into.computeIfAbsent(batch.seriesIds()[run], _ -> new TreeMap<>());
            for (int i = batch.runStart(run); i < batch.runEnds()[run]; i++) {
                points.put(batch.epochMillis()[i], batch.values()[i]);
            }
        }
    }

    @Override
    public void trim(Lease lease) {
        Shard state = shard(lease.shard());
        log.drop(lease.shard(), row -> row.seq() <= state.checkpoint.seq(row.lane()));
        state.ticks.headMap(state.checkpointTick).clear();
    }
}
