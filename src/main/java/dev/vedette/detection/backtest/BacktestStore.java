package dev.vedette.detection.backtest;

import dev.vedette.scheduling.JobPosition;
import dev.vedette.series.SeriesId;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Backtests as their tenant sees them. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface BacktestStore {
    /**
     * Stores a new one.
     *
     * @param series those it tries, 1 or more
     * @param mostActive most queued or running ones of the tenant
     * @return false, and nothing is stored, when the tenant has that many already
     */
    Uni<Boolean> create(BacktestRun run, List<SeriesId> series, int mostActive);

    /** The tenant's backtest of that id. */
    Uni<Optional<BacktestRun>> find(TenantId tenant, UUID id);

    /**
     * The tenant's backtests, newest first.
     *
     * @param limit 1 to 1000
     */
    Uni<List<BacktestRun>> list(TenantId tenant, Optional<JobPosition> after, int limit);

    /** What that one found so far: its series with an alarm or a word of somebody, by id. */
    Uni<List<Backtest.OfSeries>> found(TenantId tenant, UUID id);

    /**
     * Cancels a queued or running one.
     *
     * @return as it stands now; unchanged when it had ended; empty when there is none of that id
     */
    Uni<Optional<BacktestRun>> cancel(TenantId tenant, UUID id);
}
