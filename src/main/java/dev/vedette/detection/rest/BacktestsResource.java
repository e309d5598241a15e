package dev.vedette.detection.rest;

import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.backtest.Backtests;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Ids;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.scheduling.JobPosition;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Changes of the rules on a past range: which alarms there would have been. */
@Path("/api/v1/backtests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Thresholds")
public class BacktestsResource {
    private final CurrentCaller current;
    private final Backtests backtests;
    private final Thresholds thresholds;
    private final EngineRegistry engines;
    private final Cursors cursors;
    private final InstantSource clock;

    BacktestsResource(
            CurrentCaller current,
            Backtests backtests,
            Thresholds thresholds,
            EngineRegistry engines,
            Cursors cursors,
            InstantSource clock) {
        this.current = current;
        this.backtests = backtests;
        this.thresholds = thresholds;
        this.engines = engines;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** Queues a backtest. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Backtest a threshold rule",
            operationId = "backtest",
            description =
                    "On every series it is about, not on nodes as wholes, beside the rules as they"
                            + " are. A job: it goes on after a restart of the service, and its result"
                            + " is kept for 30 days. Apply it by storing the rule; POST"
                            + " /thresholds/{name}/roll-back takes that back.")
    @APIResponseSchema(
            value = BacktestJson.class,
            responseCode = "202",
            responseDescription = "Queued; Location has its progress, then its result")
    public Uni<RestResponse<BacktestJson>> backtest(@NotNull TrialRequest request) {
        return backtests
                .queue(
                        current.caller(),
                        request.draft(thresholds, engines, current.caller()),
                        request.anyRange(clock.instant()))
                .map(queued ->
                        RestResponse.ResponseBuilder.create(
                                        RestResponse.Status.ACCEPTED, BacktestJson.of(queued))
                                .location(URI.create("/api/v1/backtests/" + queued.id()))
                                .build());
    }

    /** Lists the tenant's backtests, newest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "List backtests",
            operationId = "listBacktests",
            description = "The newest first, without their results.")
    public Uni<Page<BacktestJson>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor) {
        TenantId tenant = current.tenant();
        List<?> question = List.of("backtests", tenant);
        Optional<JobPosition> after = cursors.decode(question, cursor, JobPosition::new);
        int shown = Math.min(Pages.limit(limit), Pages.MAX_LIMIT - 1);
        return backtests
                .list(tenant, after, shown + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                shown,
                                BacktestJson::of,
                                row -> cursors.encode(question, row.createdAt(), row.id())));
    }

    /** One backtest. */
    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Read a backtest with its progress, then its result",
            operationId = "readBacktest")
    public Uni<BacktestJson> read(@PathParam("id") String id) {
        return backtests
                .find(current.tenant(), Ids.of("backtest", id))
                .chain(run -> backtests.result(run).map(found -> BacktestJson.of(run, found)));
    }

    /** Cancels one. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "Cancel a backtest", operationId = "cancelBacktest")
    public Uni<BacktestJson> cancel(@PathParam("id") String id) {
        return backtests
                .cancel(current.tenant(), Ids.of("backtest", id))
                .map((BacktestRun run) -> BacktestJson.of(run));
    }
}
