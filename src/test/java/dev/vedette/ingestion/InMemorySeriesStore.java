package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalogue of series, in memory, for tests. For several threads. */
public final class InMemorySeriesStore implements SeriesStore {
    private final Map<SeriesKey, Series> series = new LinkedHashMap<>();
    private long lastId;

    @Override
    public Uni<List<Optional<Series>>> findOrCreate(
            TenantId tenant, List<Wanted> wanted, int maxSeries) {
        for (Wanted one : wanted) {
            if (!one.key().tenant().equals(tenant)) {
                throw new IllegalArgumentException(
                        "series of " + one.key().tenant() + " asked for as " + tenant);
            }
        }
        return Uni.createFrom().item(() -> findOrCreate(wanted, maxSeries));
    }

    private synchronized List<Optional<Series>> findOrCreate(List<Wanted> wanted, int maxSeries) {
        return wanted.stream().map(one -> findOrCreate(one, maxSeries)).toList();
    }

    private Optional<Series> findOrCreate(Wanted wanted, int maxSeries) {
        SeriesKey key = wanted.key();
        if (!series.containsKey(key) && ofTenant(key.tenant()).size() >= maxSeries) {
            return Optional.empty();
        }
        Series old = series.computeIfAbsent(key, this::create);
        Series now = new Series(old.id(), key, old.unit().or(wanted::unit), old.shard());
        series.put(key, now);
        return Optional.of(now);
    }

    private Series create(SeriesKey key) {
        SeriesId id = new SeriesId(key.tenant(), ++lastId);
        return new Series(id, key, Optional.empty(), Shards.of(key));
    }

    /** Adds a series whose id and shard the test has chosen. */
    public synchronized void add(Series one) {
        series.put(one.key(), one);
        lastId = Math.max(lastId, one.id().value());
    }

    /** All series, in the order of their creation. */
    public synchronized List<Series> all() {
        return List.copyOf(series.values());
    }

    /** The tenant's series, in the order of their creation. */
    public synchronized List<Series> ofTenant(TenantId tenant) {
        return series.values().stream().filter(one -> one.id().tenant().equals(tenant)).toList();
    }
}
