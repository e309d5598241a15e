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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads and moves the models of a tenant. Workers go by a change within seconds. */
@ApplicationScoped
public class Models {
    private static final String ROLL_BACK = "model.roll-back";

    private final ModelStore store;
    private final ModelFiles files;
    private final Features features;
    private final Settings settings;
    private final Audit audit;
    private final InstantSource clock;

    Models(
            ModelStore store,
            ModelFiles files,
            Features features,
            Settings settings,
            Audit audit,
            InstantSource clock) {
        this.store = store;
        this.files = files;
        this.features = features;
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
    }

    /** All versions, newest first. */
    public Uni<List<ModelVersion>> versions(TenantId tenant) {
        return store.versions(tenant);
    }

    /** One version; fails with {@link ProblemKind#NOT_FOUND} when there is none. */
    public Uni<ModelVersion> version(TenantId tenant, int version) {
        return store.versions(tenant)
                .map(all ->
                        all.stream()
                                .filter(one -> one.version() == version)
                                .findFirst()
                                .orElseThrow(() -> notFound(version)));
    }

    /**
     * The file of one version, as it was registered; fails with {@link ProblemKind#NOT_FOUND} when
     * there is none.
     */
    public Uni<byte[]> file(TenantId tenant, int version) {
        return store.artefact(tenant, version)
                .map(file -> file.orElseThrow(() -> notFound(version)));
    }

    /** Stores a new version that does nothing yet. */
    public Uni<ModelVersion> register(TenantId tenant, NewModel model) {
        return store.register(tenant, model, clock.instant());
    }

    /**
     * Moves a version; fails with {@link ProblemKind#NOT_FOUND} when there is none, and with {@link
     * ProblemKind#CONFLICT} when it is to score and cannot be read.
     */
    public Uni<ModelVersion> move(Caller caller, int version, State to) {
        TenantId tenant = caller.tenant().orElseThrow();
        return moved(tenant, version, to, "")
                .invoke(() -> audit.done(caller, "model." + to.label(), Integer.toString(version)));
    }

    /** The same for a version that was trained to be moved there. */
    public Uni<ModelVersion> moveAsTrained(TenantId tenant, int version, State to, String author) {
        return moved(tenant, version, to, "")
                .invoke(() ->
                        audit.doneFor(
                                tenant, author, "model." + to.label(), Integer.toString(version)));
    }

    private Uni<ModelVersion> moved(TenantId tenant, int version, State to, String note) {
        boolean scores = to == State.PROMOTED || to == State.SHADOW;
        return (scores ? check(tenant, version) : Uni.createFrom().voidItem())
                .chain(() -> store.move(tenant, version, to, note, clock.instant()))
                .map(moved -> moved.orElseThrow(() -> notFound(version)))
                .invoke(() -> settings.forget(tenant));
    }

    private Uni<Void> check(TenantId tenant, int version) {
        return features.of(tenant).chain(declared -> files.check(tenant, version, declared.set()));
    }

    /**
     * Promotes the version that decided before the present one; fails with {@link
     * ProblemKind#CONFLICT} when there was none.
     */
    public Uni<ModelVersion> rollBack(Caller caller) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.rollBack(tenant, OptionalInt.empty(), "", clock.instant())
                .map(before ->
                        before.orElseThrow(() ->
                                ProblemException.of(
                                        ProblemKind.CONFLICT, "no other model decided before")))
                .invoke(before -> {
                    settings.forget(tenant);
                    audit.done(caller, ROLL_BACK, Integer.toString(before.version()));
                });
    }

    /**
     * Promotes the version that decided before that one, which the service does of its own accord.
     *
     * @param why told with both versions
     * @return the one that decides now; empty when none decided before, or another decides already
     */
    public Uni<Optional<ModelVersion>> rollBackAlone(TenantId tenant, int from, String why) {
        return store.rollBack(
                        tenant,
                        OptionalInt.of(from),
                        "version " + from + " was rolled back: " + why,
                        clock.instant())
                .invoke(now ->
                        now.ifPresent(before -> {
                            settings.forget(tenant);
                            audit.doneFor(
                                    tenant,
                                    "service",
                                    ROLL_BACK,
                                    Integer.toString(before.version()));
                        }));
    }

    /**
     * Takes a version out of use, which the service does of its own accord.
     *
     * @param why told with the version
     */
    public Uni<ModelVersion> takeOutAlone(TenantId tenant, int version, String why) {
        String note = "version " + version + " was taken out of use: " + why;
        return moved(tenant, version, State.RETIRED, note)
                .invoke(() ->
                        audit.doneFor(
                                tenant,
                                "service",
                                "model." + State.RETIRED.label(),
                                Integer.toString(version)));
    }

    private static ProblemException notFound(int version) {
        return ProblemException.notFound("model", Integer.toString(version));
    }
}
