package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole way in, on stores in memory, without threads. */
public final class IntakeWorld {
    private final FakePointLog log = new FakePointLog();
    private final Map<SeriesKey, Series> catalogue = new LinkedHashMap<>();

    /** Meters of everything here. */
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** The way in. */
    public final PointIntake intake;

    /** A world at that clock, whose tenants have those limits. */
    public IntakeWorld(InstantSource clock, TenantLimits limits) {
        log.automatic = true;
        IngestionMetrics metrics = new IngestionMetrics(registry);
        intake =
                new PointIntake(
                        new Admission(AdmissionRules.DEFAULT),
                        new Catalogue(this::findOrCreate, 100_000),
                        new GroupCommit(
                                log, CommitSettings.DEFAULT, Runnable::run, Runnable::run, metrics),
                        new PointQuota(() -> 0),
                        tenant -> Uni.createFrom().item(limits),
                        clock,
                        metrics);
    }

    /** How many points became durable, repeated ones counted again. */
    public int durablePoints() {
        return log.durablePoints();
    }

    /** Makes every append fail from now on, or succeed again. */
    public void setUnreachable(boolean unreachable) {
        log.unreachable = unreachable;
    }

    /** The series that were made, in that order. */
    public List<SeriesKey> series() {
        return List.copyOf(catalogue.keySet());
    }

    private Uni<List<Optional<Series>>> findOrCreate(
            TenantId tenant, List<SeriesStore.Wanted> wanted, int maxSeries) {
        List<Optional<Series>> found = new ArrayList<>();
        for (SeriesStore.Wanted one : wanted) {
            if (catalogue.size() < maxSeries || catalogue.containsKey(one.key())) {
                catalogue.computeIfAbsent(one.key(), key -> create(key, one.unit()));
            }
            found.add(Optional.ofNullable(catalogue.get(one.key())));
        }
        return Uni.createFrom().item(found);
    }

    private Series create(SeriesKey key, Optional<String> unit) {
        return new Series(
                new SeriesId(key.tenant(), catalogue.size() + 1), key, unit, Shards.of(key));
    }
}
