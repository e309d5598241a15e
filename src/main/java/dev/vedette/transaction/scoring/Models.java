package dev.vedette.transaction.scoring;

import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.ModelVersion.State;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/** Reads and moves the models of a tenant. Workers go by a change within seconds. */
@ApplicationScoped
public class Models {
    private final ModelStore store;
    private final Settings settings;
    private final Audit audit;
    private final InstantSource clock;

    Models(ModelStore store, Settings settings, Audit audit, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** All versions, newest first. */
    public Uni<List<ModelVersion>> versions(TenantId tenant) {
        return store.versions(tenant);
    }

    /** Moves a version; fails with {@link ProblemKind#NOT_FOUND} when there is none. */
    public Uni<ModelVersion> move(Caller caller, int version, State to) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.move(tenant, version, to, clock.instant())
                .map(moved ->
                        moved.orElseThrow(() ->
                                ProblemException.notFound("model", Integer.toString(version))))
                .invoke(() -> {
                    settings.forget(tenant);
                    audit.done(caller, "model." + to.label(), Integer.toString(version));
                });
    }

    /**
     * Promotes the version that decided before the present one; fails with {@link
     * ProblemKind#CONFLICT} when there was none.
     */
    public Uni<ModelVersion> rollBack(Caller caller) {
        return store.versions(caller.tenant().orElseThrow())
                .map(all ->
                        all.stream()
                                .filter(one -> one.state() == State.RETIRED)
                                .max(Comparator.comparing(ModelVersion::changedAt))
                                .orElseThrow(() ->
                                        ProblemException.of(
                                                ProblemKind.CONFLICT,
                                                "no other model decided before")))
                .chain(before -> move(caller, before.version(), State.PROMOTED));
    }
}
