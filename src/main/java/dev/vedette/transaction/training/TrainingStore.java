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
     * What makes a tenant want a model.
     *
     * @param fewest decided transactions, when it has none or its newest is too old
     * @param age how old that is
     * @param author whose models are followed by others as transactions come
     * @param growth how many times the transactions that one had there are by then, above 1
     * @param young most transactions of a model that is followed like that
     */
    record Want(int fewest, Duration age, String author, int growth, int young) {}

    /**
     * Tenants that want a model, and no training was asked for within that age and since their
     * newest one.
     */
    List<TenantId> wanting(Want want, int most);

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
