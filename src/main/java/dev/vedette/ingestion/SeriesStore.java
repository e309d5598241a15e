package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** The durable catalogue of series, write side. */
public interface SeriesStore {
    /**
     * A series to find or create.
     *
     * @param key its place and labels
     * @param unit its unit when the sender says one; kept when the series has none yet
     */
    record Wanted(SeriesKey key, Optional<String> unit) {}

    /**
     * Finds the series of those keys and creates the missing ones, in one transaction. Concurrent
     * calls for the same key get the same id.
     *
     * @param tenant whose they all are
     * @param wanted distinct keys of that tenant
     * @param maxSeries most series the tenant may have
     * @return aligned with {@code wanted}; empty where creating it would pass {@code maxSeries};
     *     fails with {@link StorageUnavailableException}
     * @throws IllegalArgumentException when a key is another tenant's; nothing is created
     */
    Uni<List<Optional<Series>>> findOrCreate(TenantId tenant, List<Wanted> wanted, int maxSeries);
}
