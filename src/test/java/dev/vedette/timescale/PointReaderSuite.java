package dev.vedette.timescale;

import dev.vedette.detection.Checkpoint;
import dev.vedette.detection.Lease;
import dev.vedette.detection.LogRow;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.PointReaderContract;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.TickResult;
import dev.vedette.detection.Watermark;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The contract of {@link PointReader} on a database. */
abstract class PointReaderSuite extends PointReaderContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Override
    protected PointReader reader() {
        return new TimescalePointReader(database().tenants(), database().workers());
    }

    @Override
    protected Series series() {
        return create(new TenantId("t-" + UUID.randomUUID()), "cpu");
    }

    @Override
    protected Series sibling(Series series) {
        return create(series.id().tenant(), "memory");
    }

    private Series create(TenantId tenant, String metric) {
        SeriesKey key = new SeriesKey(tenant, "c", "n", metric, Labels.NONE);
        return new TimescaleSeriesStore(database().tenants())
                .findOrCreate(tenant, List.of(new SeriesStore.Wanted(key, Optional.empty())), 9)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    @Override
    protected void log(Series series, double value, int... seconds) {
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
        TimescalePointLog log = new TimescalePointLog(database().pool(), database().workers());
        Lane lane = log.openLane().await().indefinitely();
        log.append(lane, 1, List.of(new ShardBatch(series.shard(), batch))).await().indefinitely();
    }

    @Override
    protected void block(Series series) {
        ShardStore store = new TimescaleShardStore(database().workers());
        Lease lease = store.acquire(series.shard(), "test", Duration.ofMinutes(1)).orElseThrow();
        ShardStore.ShardState state = store.load(series.shard());
        List<LogRow> rows =
                store.read(series.shard(), state.watermark(), Optional.empty(), 1_000_000);
        Map<Long, Long> lanes = new HashMap<>(state.watermark().lanes());
        rows.forEach(row -> lanes.merge(row.lane(), row.seq(), Math::max));
        Checkpoint checkpoint =
                new Checkpoint(List.of(), rows.stream().map(LogRow::points).toList());
        store.commit(
                lease,
                new TickResult(
                        state.tick() + 1,
                        Watermark.of(lanes),
                        List.of(),
                        List.of(),
                        Optional.of(checkpoint)));
    }
}
