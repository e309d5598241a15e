package dev.vedette.transaction.training;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Trainings of all tenants. Fails with {@link dev.vedette.ingestion.StorageUnavailableException}
 * when the database cannot be reached. What returns no Uni blocks, for jobs.
 */
public interface TrainingStore {
    /** Most trainings that are listed. */
    int LISTED = 100;

    /** Stores a queued one; empty, and nothing is stored, while another waits or runs. */
    Uni<Optional<TrainingRun>> create(TrainingRun run);

    /** The tenant's training of that id. */
    Uni<Optional<TrainingRun>> find(TenantId tenant, UUID id);

    /** The tenant's newest, at most {@value #LISTED}, newest first. */
    Uni<List<TrainingRun>> list(TenantId tenant);

    /**
     * Tenants with so many decided transactions, no model newer than the age and no training asked
     * for in that time.
     */
    List<TenantId> wanting(int transactions, Duration age, int most);

    /**
     * A training that a worker holds.
     *
     * @param run which
     * @param owner who holds it
     * @param attempt from 1
     */
    record Task(TrainingRun run, String owner, int attempt) {}

    /** The oldest training that waits, or whose worker is gone; held for so long. */
    Optional<Task> take(String owner, Duration lease);

    /** Ends the task with a version, unless another worker holds it. */
    void complete(Task task, int version);

    /** Ends the task with a reason, unless another worker holds it. */
    void fail(Task task, String reason);
}
