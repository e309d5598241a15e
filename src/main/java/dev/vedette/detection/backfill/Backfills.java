package dev.vedette.detection.backfill;

import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.UnknownEngineException;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.scheduling.JobPosition;
import dev.vedette.scheduling.JobState;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Asking for backfills, watching and stopping them, within bounds. */
@ApplicationScoped
public class Backfills {
    private static final Duration LATER = Duration.ofSeconds(60);

    private final BackfillStore store;
    private final EngineRegistry engines;
    private final BackfillConfig config;
    private final InstantSource clock;

    Backfills(
            BackfillStore store,
            EngineRegistry engines,
            BackfillConfig config,
            InstantSource clock) {
        this.store = store;
        this.engines = engines;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Queues one.
     *
     * @return fails with {@link ProblemException} when nothing fits, it is too large, or the tenant
     *     has too many at work
     */
    public Uni<Backfill> queue(TenantId tenant, String createdBy, Backfill.Request request) {
        return queue(tenant, UUID.randomUUID(), createdBy, request);
    }

    /**
     * The one of that id, queued first when there is none; fails as {@link #queue} does.
     *
     * @param id always that of the same request
     */
    Uni<Backfill> queueOnce(TenantId tenant, UUID id, String createdBy, Backfill.Request request) {
        return store.find(tenant, id)
                .chain(found ->
                        found.map(known -> Uni.createFrom().item(known))
                                .orElseGet(() -> queue(tenant, id, createdBy, request)));
    }

    private Uni<Backfill> queue(
            TenantId tenant, UUID id, String createdBy, Backfill.Request request) {
        Optional<Integer> version = request.engine().map(this::version);
        return store.countSeries(tenant, request)
                .invoke(series -> requireSize(request, series))
                .map(series ->
                        new Backfill(
                                tenant,
                                id,
                                request,
                                version,
                                createdBy,
                                clock.instant(),
                                Backfill.Progress.queued(series)))
                .chain(backfill -> store.create(backfill, config.mostActive()))
                .map(stored ->
                        stored.orElseThrow(() ->
                                ProblemException.retryable(
                                        ProblemKind.TOO_MANY_REQUESTS,
                                        config.mostActive()
                                                + " backfills are queued or running already",
                                        LATER)));
    }

    private int version(String engine) {
        try {
            return engines.get(engine).version();
        } catch (UnknownEngineException e) {
            throw ProblemException.invalid(
                    "/engine",
                    "unknown_value",
                    String.valueOf(e.getMessage()),
                    "see GET /api/v1/engines, or leave it out");
        }
    }

    private void requireSize(Backfill.Request request, long series) {
        if (series == 0) {
            throw ProblemException.invalid(
                    "/selection",
                    "no_series",
                    "no series fits the selection",
                    "see GET /api/v1/series");
        }
        long days = Math.max(1, Math.ceilDiv(request.range().duration().toHours(), 24));
        if (series * days > config.mostSeriesDays()) {
            throw ProblemException.invalid(
                    "/from",
                    "too_large",
                    series
                            + " series times "
                            + days
                            + " days is more than "
                            + config.mostSeriesDays(),
                    "ask for a shorter range or fewer series");
        }
    }

    /** The tenant's backfill of that id; fails with a 404 when there is none. */
    public Uni<Backfill> find(TenantId tenant, UUID id) {
        return store.find(tenant, id).map(found -> known(found, id));
    }

    /** The tenant's backfills, newest first. */
    public Uni<List<Backfill>> list(TenantId tenant, Optional<JobPosition> after, int limit) {
        return store.list(tenant, after, limit);
    }

    /** Stops one; fails with a 409 when it had ended otherwise. */
    public Uni<Backfill> cancel(TenantId tenant, UUID id) {
        return store.cancel(tenant, id)
                .map(found -> known(found, id))
                .invoke(found -> require(found, JobState.CANCELLED, "cancelled"));
    }

    /** Goes on with a cancelled or failed one; fails with a 409 when it was neither. */
    public Uni<Backfill> resume(TenantId tenant, UUID id) {
        return store.resume(tenant, id)
                .map(found -> known(found, id))
                .invoke(found -> require(found, JobState.QUEUED, "resumed"));
    }

    private static Backfill known(Optional<Backfill> found, UUID id) {
        return found.orElseThrow(() -> ProblemException.notFound("backfill", id.toString()));
    }

    private static void require(Backfill found, JobState wanted, String what) {
        if (found.progress().state() != wanted) {
            throw ProblemException.of(
                    ProblemKind.CONFLICT,
                    "the backfill is "
                            + found.progress().state().label()
                            + " and cannot be "
                            + what);
        }
    }
}
