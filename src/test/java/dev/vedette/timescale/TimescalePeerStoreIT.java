package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.aggregation.RollupStore;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyFeed;
import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.detection.Contribution;
import dev.vedette.detection.Lease;
import dev.vedette.detection.NodeLevels;
import dev.vedette.detection.PeerStore;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.TickResult;
import dev.vedette.detection.Watermark;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Levels of nodes and what comparing them found, on a database. */
final class TimescalePeerStoreIT {
    private static final TestDatabase DATABASE = TestDatabase.embedded();
    private static final Instant BUCKET = Instant.parse("2026-11-10T10:00:00Z");
    private static final Instant EARLIER = BUCKET.minus(Duration.ofHours(1));

    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final PeerStore peers = new TimescalePeerStore(DATABASE.workers());

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void clusterIsComparedOnceForEveryBucketOfItsLevels() {
        tick(levels(4, BUCKET), List.of());
        PeerStore.Due due = new PeerStore.Due(tenant, "c1", BUCKET);
        assertEquals(List.of(due), due(4));
        assertEquals(List.of(), due(5));
        List<PeerStore.Peers> seen = new ArrayList<>();
        assertTrue(compare(due, seen, List.of()));
        assertFalse(compare(due, seen, List.of()));
        assertEquals(1, seen.size());
        assertEquals(
                List.of("n0", "n1", "n2", "n3"),
                seen.getFirst().levels().stream().map(one -> one.node().nodeId()).toList());
        NodeLevels second = seen.getFirst().levels().get(1);
        assertArrayEquals(new long[] {11, 12}, second.seriesIds());
        assertArrayEquals(new float[] {1.5f, Float.NaN}, second.means());
        assertArrayEquals(new float[] {Float.NaN, 0.25f}, second.rates());
        assertEquals(List.of(), due(4));
        Instant next = BUCKET.plus(ScoreBucket.WIDTH);
        tick(levels(3, next), List.of());
        assertEquals(List.of(new PeerStore.Due(tenant, "c1", next)), due(3));
        tick(levels(4, BUCKET), List.of());
        assertEquals(List.of(new PeerStore.Due(tenant, "c1", next)), due(3));
    }

    @Test
    void standingsAreKeptUntilTheyAreEmptyAndLostWithTheirNode() {
        tick(levels(4, BUCKET), List.of());
        List<PeerStore.Peers> seen = new ArrayList<>();
        PeerStore.Due due = new PeerStore.Due(tenant, "c1", BUCKET);
        peers.compare(due, one -> stand(one, new byte[] {7}));
        Instant next = BUCKET.plus(ScoreBucket.WIDTH);
        tick(levels(2, next), List.of());
        compare(new PeerStore.Due(tenant, "c1", next), seen, List.of());
        // nodes of the bucket before are compared, too
        assertEquals(4, seen.getFirst().levels().size());
        assertArrayEquals(new byte[] {7}, seen.getFirst().standings().get(node(3)));
        Instant last = next.plus(ScoreBucket.WIDTH);
        tick(levels(2, last), List.of());
        peers.compare(
                new PeerStore.Due(tenant, "c1", last),
                one -> new PeerStore.Found(List.of(), Map.of(node(0), new byte[0])));
        peers.forgetBefore(next);
        Instant after = last.plus(ScoreBucket.WIDTH);
        tick(levels(4, after), List.of());
        compare(new PeerStore.Due(tenant, "c1", after), seen, List.of());
        assertEquals(List.of(node(1)), List.copyOf(seen.getLast().standings().keySet()));
    }

    @Test
    void whatWasFoundIsToldByTheFeedAndRolledUpWithTheNode() {
        AnomalyFeed feed = new TimescaleAnomalyFeed(DATABASE.workers());
        List<Long> before = feed.position().await().indefinitely();
        ScoreBucket scores =
                new ScoreBucket(
                        tenant,
                        "c1",
                        "n1",
                        BUCKET,
                        new long[] {11},
                        new float[] {0.2f},
                        new boolean[1]);
        tick(levels(4, BUCKET), List.of(scores));
        rollUp();
        Anomaly found = anomaly(BUCKET.minus(Duration.ofMinutes(10)));
        compare(new PeerStore.Due(tenant, "c1", BUCKET), new ArrayList<>(), List.of(found));
        List<AnomalyFeed.Change> changes =
                feed.after(Optional.of(tenant), before, 10).await().indefinitely();
        assertEquals(1, changes.size());
        assertEquals(AnomalyFeed.LINE_OF_PEERS, changes.getFirst().shard());
        assertEquals(
                List.of(found.id()),
                changes.getFirst().anomalies().stream().map(Anomaly::id).toList());
        List<Long> after = feed.position().await().indefinitely();
        assertEquals(changes.getFirst().tick(), after.get(AnomalyFeed.LINE_OF_PEERS));
        List<RollupStore.Due> due = rollUp();
        assertEquals(
                List.of(BUCKET, BUCKET.minusSeconds(300), BUCKET.minusSeconds(600)),
                due.stream().map(RollupStore.Due::bucket).toList());
        ScoreBucket rolled = due.getFirst().nodes().getFirst();
        assertArrayEquals(new long[] {ScoreBucket.WHOLE_NODE, 11}, rolled.seriesIds());
        assertArrayEquals(new float[] {0.75f, 0.2f}, rolled.scores());
        assertArrayEquals(new boolean[] {true, false}, rolled.anomalous());
    }

    @Test
    void comparisonThatFailsIsMadeAgain() {
        tick(levels(4, BUCKET), List.of());
        PeerStore.Due due = new PeerStore.Due(tenant, "c1", BUCKET);
        assertThrows(
                IllegalStateException.class,
                () ->
                        peers.compare(
                                due,
                                _ -> {
                                    throw new IllegalStateException("no");
                                }));
        assertEquals(List.of(due), due(4));
    }

    private List<PeerStore.Due> due(int leastNodes) {
        return peers.due(EARLIER, BUCKET.plus(Duration.ofHours(1)), leastNodes).stream()
                .filter(one -> one.tenant().equals(tenant))
                .toList();
    }

    private boolean compare(
            PeerStore.Due due, List<PeerStore.Peers> seen, List<Anomaly> anomalies) {
        return peers.compare(
                due,
                one -> {
                    seen.add(one);
                    return new PeerStore.Found(anomalies, Map.of());
                });
    }

    private static PeerStore.Found stand(PeerStore.Peers peers, byte[] standing) {
        Map<NodeKey, byte[]> all = new java.util.HashMap<>();
        peers.levels().forEach(one -> all.put(one.node(), standing));
        return new PeerStore.Found(List.of(), all);
    }

    private NodeKey node(int number) {
        return new NodeKey(tenant, "c1", "n" + number);
    }

    private List<NodeLevels> levels(int nodes, Instant bucket) {
        return IntStream.range(0, nodes)
                .mapToObj(i ->
                        new NodeLevels(
                                node(i),
                                bucket,
                                new long[] {10L * i + 1, 10L * i + 2},
                                new float[] {1.5f * i, Float.NaN},
                                new float[] {Float.NaN, 0.25f}))
                .toList();
    }

    private static void tick(List<NodeLevels> levels, List<ScoreBucket> buckets) {
        TimescaleShardStore shards = new TimescaleShardStore(DATABASE.workers());
        Lease lease = shards.acquire(0, "test", Duration.ofMinutes(1)).orElseThrow();
        shards.commit(
                lease,
                new TickResult(
                        shards.load(0).tick() + 1,
                        Watermark.START,
                        List.of(),
                        buckets,
                        List.of(),
                        List.of(),
                        Map.of(),
                        levels,
                        Optional.empty()));
    }

    private List<RollupStore.Due> rollUp() {
        List<RollupStore.Due> seen = new ArrayList<>();
        new TimescaleRollupStore(DATABASE.workers())
                .rollUpDue(
                        100,
                        due -> {
                            seen.addAll(due);
                            return List.of();
                        });
        return seen.stream().filter(one -> one.tenant().equals(tenant)).toList();
    }

    private Anomaly anomaly(Instant start) {
        AnomalyResult result =
                new AnomalyResult(
                        start,
                        BUCKET,
                        BUCKET,
                        true,
                        0.75,
                        AnomalyKind.PEER,
                        0.5,
                        0.5,
                        90,
                        30,
                        25,
                        35,
                        6,
                        Map.of("peers", 0.75));
        return new Anomaly(
                UUID.randomUUID(),
                AnomalyPlace.of(node(1), 0),
                result,
                List.of(new Contribution(11, "cpu_usage", Labels.NONE, Optional.empty(), 1)),
                "apart",
                "peers",
                1,
                AnomalyStatus.OPEN,
                BUCKET);
    }
}
