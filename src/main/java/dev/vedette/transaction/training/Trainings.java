package dev.vedette.transaction.training;

import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Trainings as a tenant asks for them and sees them. */
@ApplicationScoped
public class Trainings {
    private final TrainingStore store;
    private final Audit audit;
    private final InstantSource clock;

    Trainings(TrainingStore store, Audit audit, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Asks for one; fails with {@link ProblemKind#CONFLICT} while another waits or runs. */
    public Uni<TrainingRun> queue(Caller caller, TrainingRun.Request request) {
        TrainingRun run =
                TrainingRun.queued(
                        caller.tenant().orElseThrow(), request, caller.subject(), clock.instant());
        return store.create(run)
                .map(stored ->
                        stored.orElseThrow(() ->
                                ProblemException.of(
                                        ProblemKind.CONFLICT,
                                        "a training waits or runs already; wait for it")))
                .invoke(stored -> audit.done(caller, "model.train", stored.id().toString()));
    }

    /** One of them; fails with {@link ProblemKind#NOT_FOUND} when there is none. */
    public Uni<TrainingRun> find(TenantId tenant, UUID id) {
        return store.find(tenant, id)
                .map(found ->
                        found.orElseThrow(
                                () -> ProblemException.notFound("training", id.toString())));
    }

    /** The newest, newest first. */
    public Uni<List<TrainingRun>> list(TenantId tenant) {
        return store.list(tenant);
    }
}
