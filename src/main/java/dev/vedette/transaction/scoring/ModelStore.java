package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    Uni<ModelVersion> register(
            TenantId tenant,
            String kind,
            Map<String, Double> metrics,
            byte[] artefact,
            String author,
            Instant at);

    /**
     * Moves a version to another state. When it is promoted, the one promoted before is retired in
     * the same transaction.
     *
     * @return as it is then; empty when there is no such version
     */
    Uni<Optional<ModelVersion>> move(
            TenantId tenant, int version, ModelVersion.State to, Instant at);

    /**
     * Tenants with so many decided transactions and no model that is newer than the age. Blocking,
     * for jobs.
     */
    List<TenantId> wanting(int transactions, Duration age, int most);
}
