package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.InMemoryPointLog;
import dev.vedette.ingestion.InMemorySeriesStore;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the nodes of a cluster are compared. */
class PeerGroupsTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    private static final TimeRange HOUR = new TimeRange(T0, T0.plus(Duration.ofHours(1)));

    private final InMemoryPointLog log = new InMemoryPointLog(() -> Instant.EPOCH);
    private final InMemorySeriesStore catalogue = new InMemorySeriesStore();
    private final PeerGroups peers =
            new PeerGroups(
                    new InMemorySeriesDirectory(catalogue),
                    new InMemoryPointReader(
                            new InMemoryShardStore(() -> Instant.EPOCH, log, catalogue)));

    @Test
    void theNodeThatStandsApartComesFirst() {
        for (int node = 1; node <= 6; node++) {
            send("n" + node, Labels.NONE, node == 4 ? 90 : 40 + node);
        }
        List<PeerGroups.Member> members = compare();
        assertEquals(6, members.size());
        assertEquals("n4", members.getFirst().series().key().nodeId());
        assertTrue(members.getFirst().peer().isOutlier(), members.toString());
        assertEquals(60, members.getFirst().peer().steps());
        assertFalse(members.get(1).peer().isOutlier(), members.toString());
    }

    @Test
    void onlySeriesOfTheSameLabelsArePeers() {
        Labels a = Labels.of(Map.of("disk", "a"));
        Labels b = Labels.of(Map.of("disk", "b"));
        for (int node = 1; node <= 5; node++) {
            send("n" + node, a, 40 + node);
            send("n" + node, b, 90 + node);
        }
        assertTrue(compare().stream().noneMatch(one -> one.peer().isOutlier()));
    }

    @Test
    void aNodeWithoutPointsAndANodeOfAnotherTenantAreNotCompared() {
        for (int node = 1; node <= 4; node++) {
            send("n" + node, Labels.NONE, 40 + node);
        }
        series(TENANT, "silent", Labels.NONE);
        series(new TenantId("other"), "n9", Labels.NONE);
        List<PeerGroups.Member> members = compare();
        assertEquals(5, members.size());
        assertEquals(
                0,
                members.stream()
                        .filter(one -> one.series().key().nodeId().equals("silent"))
                        .findFirst()
                        .orElseThrow()
                        .peer()
                        .steps());
    }

    @Test
    void aStepIsAboutASixtiethOfTheRangeThatRollUpsCanAnswer() {
        assertEquals(Duration.ofMinutes(1), step(Duration.ZERO));
        assertEquals(Duration.ofMinutes(1), step(Duration.ofHours(1)));
        assertEquals(Duration.ofMinutes(20), step(Duration.ofDays(1)));
        assertEquals(Duration.ofMinutes(165), step(Duration.ofDays(7)));
    }

    private static Duration step(Duration length) {
        return PeerGroups.step(new TimeRange(T0, T0.plus(length)));
    }

    private List<PeerGroups.Member> compare() {
        SeriesDirectory.Filter filter =
                new SeriesDirectory.Filter(
                        Optional.of("c"), Optional.empty(), Optional.of("cpu"), Map.of());
        return peers.compare(TENANT, filter, HOUR).await().indefinitely();
    }

    private Series series(TenantId tenant, String node, Labels labels) {
        SeriesKey key = new SeriesKey(tenant, "c", node, "cpu", labels);
        return catalogue
                .findOrCreate(tenant, List.of(new SeriesStore.Wanted(key, Optional.empty())), 99)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    /** A point every half a minute of the hour. */
    private void send(String node, Labels labels, double value) {
        Series series = series(TENANT, node, labels);
        long[] times = new long[120];
        Arrays.setAll(times, i -> T0.plusSeconds(30L * i).toEpochMilli());
        double[] values = new double[times.length];
        Arrays.fill(values, value);
        PointBatch batch =
                new PointBatch(
                        new long[] {series.id().value()}, new int[] {times.length}, times, values);
        Lane lane = log.openLane().await().indefinitely();
        log.append(lane, 1, List.of(new ShardBatch(series.shard(), batch))).await().indefinitely();
    }
}
