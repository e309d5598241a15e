package dev.vedette.transaction.intake;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Items that were refused, kept with the reason. */
public interface DeadLetters {
    /** Most characters that are kept of an item. */
    int MOST_CHARACTERS = 4096;

    /** Most that are kept of one request; the others are only counted. */
    int MOST_OF_REQUEST = 100;

    /**
     * A refused item.
     *
     * @param id its id
     * @param receivedAt when it came in
     * @param source {@code http}, {@code websocket}, {@code kafka} or {@code feed}
     * @param reason why
     * @param item its text, cut to {@value #MOST_CHARACTERS} characters
     */
    record Letter(UUID id, Instant receivedAt, String source, Refused reason, String item) {}

    /** Where a page begins. */
    record Position(Instant receivedAt, UUID id) {}

    /** Keeps the letters; completes once durable. */
    Uni<Void> keep(TenantId tenant, List<Letter> letters);

    /** The tenant's letters, newest first, after a place. */
    Uni<List<Letter>> list(TenantId tenant, Optional<Position> after, int limit);
}
