package dev.vedette.detection;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The store of shards, in memory, for tests; fails before or after a commit when told to. Keeps the
 * watermark of every tick ever, so that a test can judge the same points again.
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
    private final Map<Long, Series> catalogue = new HashMap<>();
    private final Map<Integer, ShardLog> shards = new HashMap<>();

    /** Stored anomalies. */
    public final Map<UUID, Anomaly> anomalies = new TreeMap<>();

    /** Stored score buckets. */
    public final Map<ScoreBucket.Key, ScoreBucket> buckets = new HashMap<>();

    /** Stored detector states by series. */
    public final Map<Long, Checkpoint.Snapshot> snapshots = new TreeMap<>();

    /** Points in blocks, by series and time. */
    public final Map<Long, SortedMap<Long, Double>> blocks = new TreeMap<>();

    /** What happens to the next commit. */
    public Failure failure = Failure.NONE;

    /** With the clock by which leases expire. */
    public InMemoryShardStore(InstantSource clock) {
        this.clock = clock;
    }

    private static final class ShardLog {
        private final List<LogRow> rows = new ArrayList<>();
        private final List<LogRow> ever = new ArrayList<>();
        private final SortedMap<Long, Watermark> ticks = new TreeMap<>();
        private final SortedMap<Long, Watermark> everTicks = new TreeMap<>();
        private long checkpointTick;
        private Watermark checkpoint = Watermark.START;
        private String owner = "";
        private long epoch;
        private Instant until = Instant.MIN;
    }

    private ShardLog shard(int shard) {
        return shards.computeIfAbsent(shard, _ -> new ShardLog());
    }

    /** Adds a series to the catalogue. */
    public void add(Series series) {
        catalogue.put(series.id().value(), series);
    }

    /** Appends one row; its number is the lane's next. */
    public void append(int shard, long lane, PointBatch points) {
        ShardLog log = shard(shard);
        long seq = 1 + log.ever.stream().filter(row -> row.lane() == lane).count();
        LogRow row = new LogRow(lane, seq, clock.instant(), points);
        log.rows.add(row);
        log.ever.add(row);
    }

    /** Every row ever appended, in the order of appending. */
    public List<LogRow> everAppended(int shard) {
        return List.copyOf(shard(shard).ever);
    }

    /** The watermark of every tick ever, oldest first. */
    public List<Watermark> everTicked(int shard) {
        return List.copyOf(shard(shard).everTicks.values());
    }

    @Override
    public Optional<Lease> acquire(int shard, String owner, Duration ttl) {
        ShardLog log = shard(shard);
        if (!log.owner.equals(owner)) {
            if (clock.instant().isBefore(log.until)) {
                return Optional.empty();
            }
            log.epoch++;
            log.owner = owner;
        }
        log.until = clock.instant().plus(ttl);
        return Optional.of(new Lease(shard, owner, log.epoch));
    }

    @Override
    public boolean renew(Lease lease, Duration ttl) {
        if (!isHeld(lease)) {
            return false;
        }
        shard(lease.shard()).until = clock.instant().plus(ttl);
        return true;
    }

    private boolean isHeld(Lease lease) {
        ShardLog log = shard(lease.shard());
        return log.owner.equals(lease.owner()) && log.epoch == lease.epoch();
    }

    @Override
    public void release(Lease lease) {
        if (isHeld(lease)) {
            shard(lease.shard()).until = Instant.MIN;
        }
    }

    @Override
    public ShardState load(int shard) {
        ShardLog log = shard(shard);
        long tick = log.ticks.isEmpty() ? log.checkpointTick : log.ticks.lastKey();
        Watermark at = log.ticks.getOrDefault(tick, log.checkpoint);
        List<Watermark> replay = List.copyOf(log.ticks.tailMap(log.checkpointTick + 1).values());
        return new ShardState(tick, at, log.checkpointTick, log.checkpoint, replay);
    }

    @Override
    public List<LogRow> read(int shard, Watermark after, Optional<Watermark> upTo, int maxPoints) {
        List<LogRow> found = new ArrayList<>();
        int points = 0;
        List<LogRow> rows = new ArrayList<>(shard(shard).rows);
        rows.sort(java.util.Comparator.comparingLong(LogRow::lane).thenComparingLong(LogRow::seq));
        for (LogRow row : rows) {
            boolean isIn = upTo.map(end -> row.seq() <= end.seq(row.lane())).orElse(true);
            if (row.seq() > after.seq(row.lane()) && isIn && points < maxPoints) {
                found.add(row);
                points += row.points().size();
            }
        }
        return found;
    }

    @Override
    public Map<Long, Checkpoint.Snapshot> snapshots(int shard, Collection<Long> seriesIds) {
        return only(snapshots, seriesIds);
    }

    @Override
    public Map<Long, Series> series(Collection<Long> seriesIds) {
        return only(catalogue, seriesIds);
    }

    private static <V> Map<Long, V> only(Map<Long, V> all, Collection<Long> keys) {
        Map<Long, V> found = new HashMap<>(all);
        found.keySet().retainAll(keys);
        return found;
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
        ShardLog log = shard(shard);
        if (tick.tick() != load(shard).tick() + 1) {
            throw new IllegalStateException("tick " + tick.tick() + " is not the next");
        }
        log.ticks.put(tick.tick(), tick.watermark());
        log.everTicks.put(tick.tick(), tick.watermark());
        for (Anomaly anomaly : tick.anomalies()) {
            anomalies.merge(anomaly.id(), anomaly, InMemoryShardStore::keepCreation);
        }
        tick.buckets().forEach(bucket -> buckets.put(bucket.key(), bucket));
        tick.checkpoint()
                .ifPresent(checkpoint -> {
                    log.checkpointTick = tick.tick();
                    log.checkpoint = tick.watermark();
                    checkpoint.snapshots().forEach(state -> snapshots.put(state.seriesId(), state));
                    checkpoint.points().forEach(this::block);
                });
    }

    private static Anomaly keepCreation(Anomaly before, Anomaly now) {
        return new Anomaly(
                now.id(),
                now.series(),
                now.result(),
                now.explanation(),
                now.engine(),
                now.engineVersion(),
                now.status(),
                before.createdAt());
    }

    private void block(PointBatch batch) {
        for (int run = 0; run < batch.runs(); run++) {
            SortedMap<Long, Double> points =
                    blocks.computeIfAbsent(batch.seriesIds()[run], _ -> new TreeMap<>());
            for (int i = batch.runStart(run); i < batch.runEnds()[run]; i++) {
                points.put(batch.epochMillis()[i], batch.values()[i]);
            }
        }
    }

    @Override
    public void trim(Lease lease) {
        ShardLog log = shard(lease.shard());
        log.rows.removeIf(row -> row.seq() <= log.checkpoint.seq(row.lane()));
        log.ticks.headMap(log.checkpointTick).clear();
    }

    /** All stored detector states, for comparison by content. */
    public Map<Long, String> snapshotHex() {
        Map<Long, String> states = new TreeMap<>();
        snapshots.forEach((id, snapshot) ->
                states.put(id, java.util.HexFormat.of().formatHex(snapshot.state())));
        return states;
    }
}
