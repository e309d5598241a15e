package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantLimits;
import dev.vedette.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The whole way in, on stores in memory, without threads. */
public final class IntakeWorld {
    private final InMemoryPointLog log;
    private final InMemorySeriesStore catalogue = new InMemorySeriesStore();

    /** Meters of everything here. */
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** The way in. */
    public final PointIntake intake;

    /** A world at that clock, whose tenants have those limits. */
    public IntakeWorld(InstantSource clock, TenantLimits limits) {
        log = new InMemoryPointLog(clock);
        IngestionMetrics metrics =
                new IngestionMetrics(registry, new IntakeTally(InstantSource.system()));
        intake =
                new PointIntake(
                        new Admission(AdmissionRules.DEFAULT),
                        new Catalogue(catalogue, 100_000),
                        new GroupCommit(
                                log,
                                CommitSettings.DEFAULT,
                                Runnable::run,
                                Runnable::run,
                                metrics,
                                Tracing.OFF),
                        new PointQuota(() -> 0),
                        tenant -> Uni.createFrom().item(limits),
                        clock,
                        metrics);
    }

    /** How many points became durable, repeated ones counted again. */
    public int durablePoints() {
        return log.points();
    }

    /** Their times, in the same order. */
    public List<Long> times() {
        return IntStream.range(0, Shards.COUNT)
                .boxed()
                .flatMap(shard -> log.everAppended(shard).stream())
                .flatMap(row -> Arrays.stream(row.points().epochMillis()).boxed())
                .toList();
    }

    /** The values that became durable, shard by shard, in the order of their commits. */
    public double[] values() {
        return IntStream.range(0, Shards.COUNT)
                .boxed()
                .flatMap(shard -> log.everAppended(shard).stream())
                .flatMapToDouble(row -> Arrays.stream(row.points().values()))
                .toArray();
    }

    /** Makes every append fail from now on, or succeed again. */
    public void setUnreachable(boolean unreachable) {
        log.setUnreachable(unreachable);
    }

    /** The series that were made, in that order. */
    public List<SeriesKey> series() {
        return catalogue.all().stream().map(Series::key).toList();
    }
}
