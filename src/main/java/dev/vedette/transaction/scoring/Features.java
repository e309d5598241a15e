package dev.vedette.transaction.scoring;

import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.feature.FeatureSet;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Reads and changes the features that are kept of a tenant's accounts, merchants and so on. A
 * change reaches workers within seconds; they compute what is new from the stored transactions.
 */
@ApplicationScoped
public class Features {
    private final FeatureStore store;
    private final ModelStore models;
    private final ModelFiles files;
    private final Settings settings;
    private final Audit audit;
    private final InstantSource clock;

    Features(
            FeatureStore store,
            ModelStore models,
            ModelFiles files,
            Settings settings,
            Audit audit,
            InstantSource clock) {
        this.store = store;
        this.models = models;
        this.files = files;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** Those that hold. */
    public Uni<FeatureDeclarations> of(TenantId tenant) {
        return stored(tenant)
                .map(found ->
                        found.map(FeatureStore.Stored::declared)
                                .orElse(FeatureDeclarations.STANDARD));
    }

    /** Those that hold, with who stored them; empty when the tenant declared none. */
    public Uni<Optional<FeatureStore.Stored>> stored(TenantId tenant) {
        return store.current(tenant);
    }

    /** All that ever held, newest first. */
    public Uni<List<FeatureStore.Stored>> versions(TenantId tenant) {
        return store.versions(tenant);
    }

    /**
     * Stores the next version; fails with {@link ProblemKind#PRECONDITION_FAILED} when another one
     * than expected holds, and with {@link ProblemKind#CONFLICT} when a model that scores judges by
     * a feature that would be gone.
     */
    public Uni<FeatureStore.Stored> put(Caller caller, FeatureSet set, int expected) {
        TenantId tenant = caller.tenant().orElseThrow();
        return models.versions(tenant)
                .chain(all -> fits(tenant, all, set))
                .chain(() -> store.put(tenant, set, expected, caller.subject(), clock.instant()))
                .map(stored ->
                        stored.orElseThrow(() ->
                                ProblemException.of(
                                        ProblemKind.PRECONDITION_FAILED,
                                        "the features are others than those you saw; read them"
                                                + " again")))
                .invoke(stored -> {
                    settings.forget(tenant);
                    audit.done(
                            caller,
                            "transaction-features.change",
                            Integer.toString(stored.declared().version()));
                });
    }

    private Uni<Void> fits(TenantId tenant, List<ModelVersion> all, FeatureSet set) {
        return Multi.createFrom()
                .iterable(all)
                .filter(one ->
                        one.state() == ModelVersion.State.PROMOTED
                                || one.state() == ModelVersion.State.SHADOW)
                .onItem()
                .transformToUniAndConcatenate(one -> files.check(tenant, one.version(), set))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
