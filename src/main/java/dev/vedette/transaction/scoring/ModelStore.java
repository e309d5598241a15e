package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The models of a tenant, all versions. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface ModelStore {
    /** All versions, newest first. */
    Uni<List<ModelVersion>> versions(TenantId tenant);

    /** The bytes of a version; empty when there is none. */
    Uni<Optional<byte[]>> artefact(TenantId tenant, int version);

    /** Stores a new version that does nothing yet. */
    Uni<ModelVersion> register(TenantId tenant, NewModel model, Instant at);

    /**
     * Moves a version to another state. When it is promoted, the one promoted before is retired in
     * the same transaction.
     *
     * @param note why; empty when a person wants it so
     * @return as it is then; empty when there is no such version
     */
    Uni<Optional<ModelVersion>> move(
            TenantId tenant, int version, ModelVersion.State to, String note, Instant at);

    /**
     * Retires the promoted version and promotes the one that decided before it, in one transaction;
     * done again, it goes further back.
     *
     * @param from only if this version is the promoted one; empty for whichever is
     * @param note why; empty when a person wants it so
     * @return the one that decides then; empty when none decided before, and nothing has changed
     */
    Uni<Optional<ModelVersion>> rollBack(
            TenantId tenant, OptionalInt from, String note, Instant at);
}
