package dev.vedette.detection.threshold;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rules as requests see and change them. Every change takes the next number of one line for the
 * whole service, and numbers become visible in their order: whoever has seen a number has seen
 * every change before it. Each method fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface ThresholdStore {
    /**
     * What to store.
     *
     * @param name of the rule
     * @param by who changes it
     * @param at when
     */
    record Change(
            String name, ThresholdScope scope, ThresholdFields fields, String by, Instant at) {
        /**
         * Validates.
         *
         * @throws IllegalArgumentException when a field means nothing in the scope
         */
        public Change {
            scope.requireTaking(fields);
        }
    }

    /** What became of a change. */
    sealed interface Outcome {
        /** It is stored. */
        record Stored(ThresholdRule rule, boolean isNew) implements Outcome {}

        /** It is deleted. */
        record Deleted(ThresholdRule before) implements Outcome {}

        /** Nothing was changed: that is what is stored; empty: nothing of that name. */
        record Unexpected(Optional<ThresholdRule> current) implements Outcome {}

        /** Nothing was changed: the tenant has as many rules as it may. */
        record Full(int most) implements Outcome {}

        /** Nothing was changed: that rule is about the same series. */
        record SameScope(String name) implements Outcome {}
    }

    /**
     * The tenant's rules by name.
     *
     * @param after only names after that one; empty from the start
     * @param limit most rules
     */
    Uni<List<ThresholdRule>> list(TenantId tenant, Optional<String> after, int limit);

    /** The tenant's rule of that name. */
    Uni<Optional<ThresholdRule>> find(TenantId tenant, String name);

    /**
     * The form that a rule had before a revision; empty when there was none.
     *
     * @param revision of a form of that rule
     */
    Uni<Optional<ThresholdRule>> before(TenantId tenant, String name, long revision);

    /**
     * Stores a rule, or its next form.
     *
     * @param expected the revision the caller has seen; empty: there must be none of that name
     * @param most most rules of a tenant
     */
    Uni<Outcome> put(TenantId tenant, Change change, OptionalLong expected, int most);

    /**
     * Deletes a rule.
     *
     * @param expected the revision the caller has seen
     */
    Uni<Outcome> delete(TenantId tenant, String name, long expected, String by, Instant at);
}
