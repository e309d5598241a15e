package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.MetricPoint;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link PointReader} holds. */
public abstract class PointReaderContract {
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

    private static final TimeRange ALL = new TimeRange(T0, T0.plus(Duration.ofDays(1)));

    /** The reader under test. */
    protected abstract PointReader reader();

    /** Where series are made. */
    protected abstract SeriesStore catalogue();

    /** Where points are appended. */
    protected abstract PointLog log();

    /** Where points are moved from the log into blocks. */
    protected abstract ShardStore shards();

    @Test
    void seriesWithoutPointsIsAbsent() {
        assertEquals(Map.of(), read(List.of(series().id()), ALL, 10));
        assertEquals(Map.of(), read(List.of(), ALL, 10));
    }

    @Test
    void pointsOfBlocksAndTailComeInOneOrder() {
        Series series = series();
        log(series, 1, 0, 10, 20);
        block(series);
        log(series, 2, 5, 30);
        assertPoints(series, ALL, 10, new int[] {0, 5, 10, 20, 30}, 1, 2, 1, 1, 2);
    }

    @Test
    void valueSentLastWinsWhereverItStands() {
        Series series = series();
        log(series, 1, 0, 10, 20, 30);
        block(series);
        log(series, 2, 10, 20);
        block(series);
        log(series, 3, 20);
        log(series, 4, 20);
        assertPoints(series, ALL, 10, new int[] {0, 10, 20, 30}, 1, 2, 4, 1);
    }

    @Test
    void rangeIsHalfOpen() {
        Series series = series();
        log(series, 1, 0, 10, 20_000);
        block(series);
        log(series, 2, 30_000);
        TimeRange range = new TimeRange(T0.plusSeconds(10), T0.plusSeconds(30_000));
        assertPoints(series, range, 10, new int[] {10, 20_000}, 1, 1);
    }

    @Test
    void newestPointsAreKept() {
        Series series = series();
        log(series, 1, 0, 10, 20_000, 40_000);
        block(series);
        log(series, 2, 40_010);
        assertPoints(series, ALL, 3, new int[] {20_000, 40_000, 40_010}, 1, 1, 2);
    }

    @Test
    void knownGapsAreLeftOut() {
        Series series = series();
        log(series, 1, 0, 10);
        log(series, Double.NaN, 10, 20);
        assertPoints(series, ALL, 10, new int[] {0}, 1);
        block(series);
        assertPoints(series, ALL, 10, new int[] {0}, 1);
    }

    @Test
    void seriesOfOneRowAreToldApart() {
        Series one = series();
        Series other = sibling(one);
        log(one, 1, 0);
        log(other, 2, 0);
        block(one);
        log(other, 3, 10);
        assertEquals(
                Set.of(one.id(), other.id()), read(List.of(one.id(), other.id()), ALL, 9).keySet());
        assertPoints(other, ALL, 9, new int[] {0, 10}, 2, 3);
    }

    @Test
    void seriesOfAnotherTenantYieldsNothing() {
        Series ours = series();
        Series theirs = series();
        log(theirs, 1, 0);
        SeriesId disguised = new SeriesId(ours.id().tenant(), theirs.id().value());
        assertEquals(Map.of(), read(List.of(disguised), ALL, 10));
        assertEquals(Map.of(), last(ours.id().tenant(), disguised));
        block(theirs);
        assertEquals(Map.of(), read(List.of(disguised), ALL, 10));
        assertEquals(Map.of(), last(ours.id().tenant(), disguised));
    }

    @Test
    void lastPointIsTheNewestByTime() {
        Series series = series();
        log(series, 1, 50_000, 10);
        block(series);
        assertLast(series, 50_000, 1);
        log(series, 2, 30);
        assertLast(series, 50_000, 1);
        log(series, 3, 50_001);
        assertLast(series, 50_001, 3);
    }

    private Series series() {
        return create(new TenantId("t-" + UUID.randomUUID()), "cpu");
    }

    /** Another series of the same tenant and node. */
    private Series sibling(Series series) {
        return create(series.id().tenant(), "memory");
    }

    private Series create(TenantId tenant, String metric) {
        SeriesKey key = new SeriesKey(tenant, "c", "n", metric, Labels.NONE);
        return catalogue()
                .findOrCreate(tenant, List.of(new SeriesStore.Wanted(key, Optional.empty())), 9)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    /** Stores points that are in the log only, one at each of those seconds with that value. */
    private void log(Series series, double value, int... seconds) {
        long[] times = new long[seconds.length];
        double[] values = new double[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            times[i] = T0.plusSeconds(seconds[i]).toEpochMilli();
            values[i] = value;
        }
        PointBatch batch =
                new PointBatch(
                        new long[] {series.id().value()},
                        new int[] {seconds.length},
                        times,
                        values);
        Lane lane = log().openLane().await().indefinitely();
        log().append(lane, 1, List.of(new ShardBatch(series.shard(), batch)))
                .await()
                .indefinitely();
    }

    /** Moves all that is in the series' log into blocks. */
    private void block(Series series) {
        Lease lease = shards().acquire(series.shard(), "test", Duration.ofMinutes(1)).orElseThrow();
        ShardStore.ShardState state = shards().load(series.shard());
        List<LogRow> rows =
                shards().read(series.shard(), state.watermark(), Optional.empty(), 1_000_000);
        Map<Long, Long> lanes = new HashMap<>(state.watermark().lanes());
        rows.forEach(row -> lanes.merge(row.lane(), row.seq(), Math::max));
        Checkpoint checkpoint =
                new Checkpoint(List.of(), List.of(), rows.stream().map(LogRow::points).toList());
        shards().commit(
                        lease,
                        new TickResult(
                                state.tick() + 1,
                                Watermark.of(lanes),
                                List.of(),
                                List.of(),
                                Optional.of(checkpoint)));
    }

    private void assertLast(Series series, int second, double value) {
        assertEquals(
                Map.of(series.id(), new MetricPoint(T0.plusSeconds(second), value)),
                last(series.id().tenant(), series.id()));
    }

    private Map<SeriesId, MetricPoint> last(TenantId tenant, SeriesId id) {
        return reader().last(tenant, List.of(id)).await().indefinitely();
    }

    private Map<SeriesId, PointReader.Points> read(
            Collection<SeriesId> ids, TimeRange range, int maxPoints) {
        TenantId tenant = ids.isEmpty() ? new TenantId("nobody") : ids.iterator().next().tenant();
        return reader().points(tenant, ids, range, maxPoints).await().indefinitely();
    }

    private void assertPoints(
            Series series, TimeRange range, int maxPoints, int[] seconds, double... values) {
        PointReader.Points points =
                read(List.of(series.id()), range, maxPoints)
                        .getOrDefault(series.id(), PointReader.Points.NONE);
        long[] times = new long[seconds.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = T0.plusSeconds(seconds[i]).toEpochMilli();
        }
        assertArrayEquals(times, points.epochMillis());
        assertArrayEquals(values, points.values());
    }
}
