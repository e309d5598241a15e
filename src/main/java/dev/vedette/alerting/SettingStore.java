package dev.vedette.alerting;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Routes, channels and silences as requests see and change them. Each method fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface SettingStore {
    /**
     * What to store.
     *
     * @param by who changes it
     * @param at when
     */
    record Change(Setting.Kind kind, String name, String document, String by, Instant at) {}

    /** What became of a change. */
    sealed interface Outcome {
        /** It is stored. */
        record Stored(Setting setting, boolean isNew) implements Outcome {}

        /** It is deleted. */
        record Deleted(Setting before) implements Outcome {}

        /** Nothing was changed: that is what is stored; empty: nothing of that name. */
        record Unexpected(Optional<Setting> current) implements Outcome {}

        /** Nothing was changed: the tenant has as many of the kind as it may. */
        record Full(int most) implements Outcome {}
    }

    /**
     * The tenant's settings of a kind by name.
     *
     * @param after only names after that one; empty from the start
     * @param limit most settings
     */
    Uni<List<Setting>> list(TenantId tenant, Setting.Kind kind, Optional<String> after, int limit);

    /** The tenant's setting of that name. */
    Uni<Optional<Setting>> find(TenantId tenant, Setting.Kind kind, String name);

    /**
     * Stores a setting, or its next form.
     *
     * @param expected the revision the caller has seen; empty: there must be none of that name
     * @param most most settings of the kind
     */
    Uni<Outcome> put(TenantId tenant, Change change, OptionalLong expected, int most);

    /**
     * Deletes a setting.
     *
     * @param expected the revision the caller has seen
     */
    Uni<Outcome> delete(TenantId tenant, Setting.Kind kind, String name, long expected);
}
