package dev.vedette.detection.backfill;

import dev.vedette.scheduling.JobPosition;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Backfills as their tenant sees them. */
public interface BackfillStore {
    /**
     * Stores a new one, with the number of series that fit; one of its id that is there stays.
     *
     * @param backfill {@link Backfill.Progress#seriesTotal()} is counted by the store
     * @param mostActive most queued or running ones of the tenant
     * @return as stored; empty when the tenant has that many already
     */
    Uni<Optional<Backfill>> create(Backfill backfill, int mostActive);

    /** The tenant's backfill of that id. */
    Uni<Optional<Backfill>> find(TenantId tenant, UUID id);

    /**
     * The tenant's backfills, newest first.
     *
     * @param limit 1 to 1000
     */
    Uni<List<Backfill>> list(TenantId tenant, Optional<JobPosition> after, int limit);

    /**
     * Cancels a queued or running one; what it found so far is kept for resuming, and shown
     * nowhere.
     *
     * @return as it stands now; unchanged when it had ended; empty when there is none of that id
     */
    Uni<Optional<Backfill>> cancel(TenantId tenant, UUID id);

    /**
     * Queues a cancelled or failed one again, to go on where it was.
     *
     * @return as it stands now; unchanged when it was not cancelled nor failed; empty when there is
     *     none of that id
     */
    Uni<Optional<Backfill>> resume(TenantId tenant, UUID id);

    /** How many series fit that request. */
    Uni<Long> countSeries(TenantId tenant, Backfill.Request request);
}
