package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Changes that were made, for the record: rows are added, read and dropped when too old. */
public interface AuditStore {
    /**
     * Which changes are meant; an absent part means any.
     *
     * @param tenant of the credential
     * @param from not before
     * @param to before
     * @param subject exact
     * @param action exact, or all of a kind with {@code <kind>.}
     * @param object exact
     */
    record Question(
            Optional<TenantId> tenant,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<String> subject,
            Optional<String> action,
            Optional<String> object) {}

    /**
     * A place in the list.
     *
     * @param at time of the change before it
     * @param id its id
     */
    record Place(Instant at, UUID id) {}

    /**
     * Adds a change; the same id again changes nothing. Fails with {@link
     * dev.vedette.ingestion.StorageUnavailableException}.
     */
    Uni<Void> add(AuditEvent event);

    /**
     * Changes, the newest first.
     *
     * @param after where the page starts after; empty: at the newest
     * @param limit most changes, 1 to 1001
     */
    Uni<List<AuditEvent>> list(Question question, Optional<Place> after, int limit);
}
