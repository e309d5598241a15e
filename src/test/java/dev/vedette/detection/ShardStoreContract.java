package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ShardStore} holds. Each test gets a shard nobody has used. */
public abstract class ShardStoreContract extends SeriesPriorContract {
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final int ANY = 1_000_000;

    /** A series of a tenant nobody has used. */
    protected final Series series() {
        TenantId tenant = new TenantId("t-" + UUID.randomUUID());
        return series(new SeriesKey(tenant, "c", "n", "cpu", Labels.of(Map.of("core", "0"))));
    }

    /** The stored anomaly. */
    protected abstract Optional<Anomaly> anomaly(TenantId tenant, UUID id);

    /** The points of the series in blocks, by time in milliseconds. */
    protected abstract SortedMap<Long, Double> blocks(Series series);

    @Test
    void shardIsLeasedToOneOwnerUntilItExpires() {
        int shard = freshShard();
        Lease first = store().acquire(shard, "a", TTL).orElseThrow();
        assertEquals(Optional.empty(), store().acquire(shard, "b", TTL));
        assertEquals(first, store().acquire(shard, "a", TTL).orElseThrow());
        assertTrue(store().renew(first, TTL));
        expire(shard);
        Lease second = store().acquire(shard, "b", TTL).orElseThrow();
        assertTrue(second.epoch() > first.epoch());
        assertFalse(store().renew(first, TTL));
    }

    @Test
    void releasedShardIsFreeAtOnce() {
        int shard = freshShard();
        store().release(store().acquire(shard, "a", TTL).orElseThrow());
        assertTrue(store().acquire(shard, "b", TTL).isPresent());
    }

    @Test
    void releaseOfALostLeaseDoesNothing() {
        int shard = freshShard();
        Lease lost = store().acquire(shard, "a", TTL).orElseThrow();
        expire(shard);
        Lease held = store().acquire(shard, "b", TTL).orElseThrow();
        store().release(lost);
        assertTrue(store().renew(held, TTL));
    }

    @Test
    void livingWorkersAreCounted() {
        String one = UUID.randomUUID().toString();
        String two = UUID.randomUUID().toString();
        int others = store().beat(one, TTL) - 1;
        assertEquals(others + 2, store().beat(two, TTL));
        assertEquals(others + 2, store().beat(one, TTL));
        store().leave(one);
        assertEquals(others + 1, store().beat(two, TTL));
    }

    @Test
    void livingWorkerHoldsItsShardsAndNoOthers() {
        int shard = freshShard();
        String living = UUID.randomUUID().toString();
        assertTrue(store().acquire(shard, living, TTL).isPresent());
        expire(shard);
        store().beat(UUID.randomUUID().toString(), TTL);
        store().beat(living, TTL);
        assertEquals(Optional.empty(), store().acquire(shard, "b", TTL));
        expire(shard);
        store().beat(UUID.randomUUID().toString(), TTL);
        assertTrue(store().acquire(shard, "b", TTL).isPresent());
    }

    @Test
    void leaseLostBeforeABeatIsNotRenewedAfterIt() {
        int shard = freshShard();
        String slow = UUID.randomUUID().toString();
        Lease lost = store().acquire(shard, slow, TTL).orElseThrow();
        store().beat(slow, TTL);
        assertTrue(store().renew(lost, TTL));
        expire(shard);
        Lease held = store().acquire(shard, "b", TTL).orElseThrow();
        store().beat(slow, TTL);
        assertFalse(store().renew(lost, TTL));
        assertTrue(store().renew(held, TTL));
    }

    @Test
    void deadWorkerIsNotCounted() {
        String dead = UUID.randomUUID().toString();
        String living = UUID.randomUUID().toString();
        int both = store().beat(living, TTL) + 1;
        store().beat(dead, Duration.ofMillis(-1));
        assertEquals(both - 1, store().beat(living, TTL));
    }

    @Test
    void shardStartsFromNothing() {
        assertEquals(
                new ShardStore.ShardState(0, Watermark.START, 0, Watermark.START, List.of()),
                store().load(freshShard()));
    }

    @Test
    void rowsComeByLaneThenNumberAfterTheWatermark() {
        int shard = freshShard();
        long one = openLane();
        long two = openLane();
        append(shard, two, 1, batch(1, 0));
        append(shard, one, 1, batch(1, 1));
        append(shard, one, 2, batch(1, 2));
        List<LogRow> rows = read(shard, Watermark.START);
        assertEquals(List.of(one, one, two), rows.stream().map(LogRow::lane).toList());
        assertEquals(List.of(1L, 2L, 1L), rows.stream().map(LogRow::seq).toList());
        assertEquals(batch(1, 1), rows.getFirst().points());
        List<LogRow> rest = read(shard, Watermark.of(Map.of(one, 1L, two, 1L)));
        assertEquals(List.of(2L), rest.stream().map(LogRow::seq).toList());
    }

    @Test
    void newestRowOfEachLaneIsToldWhoeverHasReadIt() {
        int shard = freshShard();
        long one = openLane();
        long two = openLane();
        assertFalse(store().newest().containsKey(shard));
        append(shard, two, 1, batch(1, 0));
        append(shard, one, 1, batch(1, 1));
        append(shard, one, 2, batch(1, 2));
        assertEquals(Watermark.of(Map.of(one, 2L, two, 1L)), store().newest().get(shard));
        append(shard, two, 2, batch(1, 3));
        assertEquals(Watermark.of(Map.of(one, 2L, two, 2L)), store().newest().get(shard));
    }

    @Test
    void laneOpenedEarlierButWrittenLaterIsSeen() {
        int shard = freshShard();
        long early = openLane();
        long late = openLane();
        append(shard, late, 1, batch(1, 0));
        Watermark seen = after(read(shard, Watermark.START));
        append(shard, early, 1, batch(1, 1));
        assertEquals(List.of(early), read(shard, seen).stream().map(LogRow::lane).toList());
    }

    @Test
    void longReadIsCutAndGoesOnWithoutLoss() {
        int shard = freshShard();
        long one = openLane();
        long two = openLane();
        for (int seq = 1; seq <= 10; seq++) {
            append(shard, one, seq, batch(1, IntStream.range(0, 10).toArray()));
            append(shard, two, seq, batch(1, IntStream.range(0, 10).toArray()));
        }
        Watermark reached = Watermark.START;
        int rows = 0;
        for (int turn = 0; turn < 20; turn++) {
            List<LogRow> read = store().read(shard, reached, Optional.empty(), 35);
            assertTrue(read.size() <= 4);
            rows += read.size();
            Map<Long, Long> lanes = new java.util.HashMap<>(reached.lanes());
            for (LogRow row : read) {
                assertEquals(lanes.getOrDefault(row.lane(), 0L) + 1, row.seq());
                lanes.put(row.lane(), row.seq());
            }
            reached = Watermark.of(lanes);
        }
        assertEquals(20, rows);
    }

    @Test
    void replayIsCutWhereTheTickWas() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        long lane = openLane();
        append(shard, lane, 1, batch(1, 0));
        Watermark first = after(read(shard, Watermark.START));
        commit(lease, 1, first);
        append(shard, lane, 2, batch(1, 1));
        Watermark second = after(read(shard, first));
        commit(lease, 2, second);
        append(shard, lane, 3, batch(1, 2));
        ShardStore.ShardState state = store().load(shard);
        assertEquals(
                new ShardStore.ShardState(2, second, 0, Watermark.START, List.of(first, second)),
                state);
        List<LogRow> replayed = store().read(shard, first, Optional.of(second), ANY);
        assertEquals(List.of(2L), replayed.stream().map(LogRow::seq).toList());
    }

    @Test
    void checkpointShortensTheReplayAndTrimmingKeepsWhatIsNeeded() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        Series series = series();
        long lane = openLane();
        append(shard, lane, 1, batch(series.id().value(), 0));
        Watermark first = after(read(shard, Watermark.START));
        commit(lease, 1, first, List.of(), List.of(), checkpoint(series, new byte[] {1}, 0));
        append(shard, lane, 2, batch(series.id().value(), 1));
        Watermark second = after(read(shard, first));
        commit(lease, 2, second);
        store().trim(lease);
        assertEquals(
                new ShardStore.ShardState(2, second, 1, first, List.of(second)),
                store().load(shard));
        assertEquals(1, store().read(shard, first, Optional.of(second), ANY).size());
        assertArrayEquals(new byte[] {1}, snapshot(shard, series).state());
    }

    @Test
    void commitUnderALostLeaseStoresNothing() {
        int shard = freshShard();
        Lease lost = store().acquire(shard, "a", TTL).orElseThrow();
        expire(shard);
        assertTrue(store().acquire(shard, "b", TTL).isPresent());
        Anomaly anomaly = anomaly(series(), 0.9, AnomalyStatus.OPEN);
        assertThrows(
                LeaseLostException.class,
                () ->
                        commit(
                                lost,
                                1,
                                Watermark.START,
                                List.of(anomaly),
                                List.of(),
                                Optional.empty()));
        assertEquals(0, store().load(shard).tick());
        assertEquals(Optional.empty(), stored(anomaly));
    }

    @Test
    void tickOutOfTurnStoresNothing() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        Anomaly anomaly = anomaly(series(), 0.9, AnomalyStatus.OPEN);
        assertThrows(
                IllegalStateException.class,
                () ->
                        commit(
                                lease,
                                2,
                                Watermark.START,
                                List.of(anomaly),
                                List.of(),
                                Optional.empty()));
        assertEquals(Optional.empty(), stored(anomaly));
    }

    @Test
    void anomalyIsUpdatedInPlaceAndKeepsItsCreation() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        Series series = series();
        Anomaly opened = anomaly(series, 0.7, AnomalyStatus.OPEN);
        Anomaly closed = anomaly(series, 0.9, AnomalyStatus.CLOSED);
        commit(lease, 1, Watermark.START, List.of(opened), List.of(), Optional.empty());
        assertEquals(Optional.of(opened), stored(opened));
        Anomaly later =
                new Anomaly(
                        closed.id(),
                        series,
                        closed.result(),
                        closed.explanation(),
                        closed.engine(),
                        closed.engineVersion(),
                        closed.status(),
                        T0.plusSeconds(99));
        commit(lease, 2, Watermark.START, List.of(later), List.of(), Optional.empty());
        assertEquals(Optional.of(closed), stored(opened));
    }

    @Test
    void bucketIsReplacedAndFoundByItsKey() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        TenantId tenant = series().id().tenant();
        ScoreBucket before = bucket(tenant, new float[] {0.1f}, false);
        ScoreBucket now = bucket(tenant, new float[] {0.8f}, true);
        commit(lease, 1, Watermark.START, List.of(), List.of(before), Optional.empty());
        commit(lease, 2, Watermark.START, List.of(), List.of(now), Optional.empty());
        ScoreBucket.Key absent = new ScoreBucket.Key(tenant, "c", "other", T0);
        assertEquals(List.of(now), store().buckets(List.of(now.key(), absent)));
        assertEquals(List.of(), store().buckets(List.of()));
    }

    @Test
    void pointsSentAgainAreInTheBlocksOnce() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        Series series = series();
        commit(lease, 1, Watermark.START, List.of(), List.of(), checkpoint(series, 5, 1, 3, 1));
        commit(lease, 2, Watermark.START, List.of(), List.of(), checkpoint(series, 3, 90_000));
        SortedMap<Long, Double> stored = blocks(series);
        assertEquals(
                List.of(time(1), time(3), time(5), time(90_000)), List.copyOf(stored.keySet()));
    }

    @Test
    void valueSentLastWinsInTheBlocks() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        Series series = series();
        for (int tick = 1; tick <= 3; tick++) {
            PointBatch batch =
                    new PointBatch(
                            new long[] {series.id().value()},
                            new int[] {1},
                            new long[] {time(0)},
                            new double[] {tick});
            commit(
                    lease,
                    tick,
                    Watermark.START,
                    List.of(),
                    List.of(),
                    Optional.of(new Checkpoint(List.of(), List.of(), List.of(batch))));
        }
        assertEquals(Map.of(time(0), 3.0), blocks(series));
    }

    @Test
    void snapshotIsReplacedByTheNextCheckpoint() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        Series series = series();
        commit(lease, 1, Watermark.START, List.of(), List.of(), checkpoint(series, new byte[] {1}));
        commit(lease, 2, Watermark.START, List.of(), List.of(), checkpoint(series, new byte[] {2}));
        assertArrayEquals(new byte[] {2}, snapshot(shard, series).state());
        assertEquals(Map.of(), store().snapshots(shard, List.of(Long.MAX_VALUE)));
    }

    @Test
    void stateOfANodeIsReplacedByTheNextCheckpoint() {
        int shard = freshShard();
        Lease lease = store().acquire(shard, "a", TTL).orElseThrow();
        Series series = series();
        NodeKey node = NodeKey.of(series.key());
        commit(lease, 1, Watermark.START, List.of(), List.of(), checkpoint(series, new byte[] {1}));
        commit(lease, 2, Watermark.START, List.of(), List.of(), checkpoint(series, new byte[] {2}));
        NodeKey other = new NodeKey(node.tenant(), node.clusterId(), "never stored");
        Map<NodeKey, byte[]> found = store().nodeSnapshots(shard, List.of(node, other));
        assertEquals(Set.of(node), found.keySet());
        assertArrayEquals(new byte[] {2}, found.get(node));
        assertEquals(5000L, store().followedNodes(shard, 1000).get(node));
    }

    @Test
    void catalogueEntryIsFoundByNumber() {
        Series series = series();
        assertEquals(
                Map.of(series.id().value(), series),
                store().series(List.of(series.id().value(), Long.MAX_VALUE)));
    }

    @Test
    void epochsOfTwoOwnersDiffer() {
        int shard = freshShard();
        Lease first = store().acquire(shard, "a", TTL).orElseThrow();
        store().release(first);
        Lease second = store().acquire(shard, "b", TTL).orElseThrow();
        assertNotEquals(first.epoch(), second.epoch());
    }

    private List<LogRow> read(int shard, Watermark after) {
        return store().read(shard, after, Optional.empty(), ANY);
    }

    private Checkpoint.Snapshot snapshot(int shard, Series series) {
        return store().snapshots(shard, List.of(series.id().value())).values().iterator().next();
    }

    private Optional<Anomaly> stored(Anomaly anomaly) {
        return anomaly(anomaly.place().tenant(), anomaly.id());
    }

    private void commit(Lease lease, long tick, Watermark watermark) {
        commit(lease, tick, watermark, List.of(), List.of(), Optional.empty());
    }

    private void commit(
            Lease lease,
            long tick,
            Watermark watermark,
            List<Anomaly> anomalies,
            List<ScoreBucket> buckets,
            Optional<Checkpoint> checkpoint) {
        store().commit(lease, new TickResult(tick, watermark, anomalies, buckets, checkpoint));
    }

    private static Watermark after(List<LogRow> rows) {
        Map<Long, Long> lanes = new java.util.HashMap<>();
        rows.forEach(row -> lanes.merge(row.lane(), row.seq(), Math::max));
        return Watermark.of(lanes);
    }

    private static long time(int second) {
        return T0.plusSeconds(second).toEpochMilli();
    }

    /** One run of that series, one point at each of those seconds. */
    protected static PointBatch batch(long series, int... seconds) {
        long[] times = new long[seconds.length];
        double[] values = new double[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            times[i] = time(seconds[i]);
            values[i] = seconds[i];
        }
        return new PointBatch(new long[] {series}, new int[] {seconds.length}, times, values);
    }

    private static Optional<Checkpoint> checkpoint(Series series, int... seconds) {
        return Optional.of(
                new Checkpoint(List.of(), List.of(), List.of(batch(series.id().value(), seconds))));
    }

    private static Optional<Checkpoint> checkpoint(Series series, byte[] state, int... seconds) {
        return Optional.of(
                new Checkpoint(
                        List.of(new Checkpoint.Snapshot(series.id().value(), "e", state)),
                        List.of(
                                new Checkpoint.NodeSnapshot(
                                        NodeKey.of(series.key()),
                                        state[0] > 1 ? OptionalLong.of(5000) : OptionalLong.empty(),
                                        state)),
                        List.of(batch(series.id().value(), seconds))));
    }

    private static ScoreBucket bucket(TenantId tenant, float[] scores, boolean anomalous) {
        return new ScoreBucket(
                tenant, "c", "n", T0, new long[] {7}, scores, new boolean[] {anomalous});
    }

    /** An anomaly of that series. */
    protected static Anomaly anomaly(Series series, double score, AnomalyStatus status) {
        return new Anomaly(
                UUID.nameUUIDFromBytes(new byte[] {(byte) series.id().value()}),
                series,
                new AnomalyResult(
                        T0,
                        T0.plusSeconds(60),
                        T0.plusSeconds(30),
                        status == AnomalyStatus.OPEN,
                        score,
                        AnomalyKind.LEVEL_SHIFT,
                        0.5,
                        0.75,
                        99.5,
                        50,
                        40,
                        60,
                        3,
                        Map.of("point", 0.5, "season", 1.0)),
                "cpu stepped up",
                "ensemble",
                2,
                status,
                T0.plusSeconds(61));
    }
}
