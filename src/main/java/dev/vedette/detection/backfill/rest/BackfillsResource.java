package dev.vedette.detection.backfill.rest;

import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.Backfills;
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

/** Past ranges judged again. */
@Path("/api/v1/backfills")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Backfills")
public class BackfillsResource {
    private final CurrentCaller current;
    private final Backfills backfills;
    private final Cursors cursors;
    private final InstantSource clock;

    BackfillsResource(
            CurrentCaller current, Backfills backfills, Cursors cursors, InstantSource clock) {
        this.current = current;
        this.backfills = backfills;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** Queues a backfill. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("editor")
    @Operation(
            summary = "Judge a past range again",
            operationId = "createBackfill",
            description =
                    "Runs as a job beside live detection. Anomalies that start in the range, and its"
                            + " scores, are replaced when all of it is judged, at once; anomalies that"
                            + " still go on are left to live detection. The range grows to whole five"
                            + " minutes.")
    @APIResponseSchema(
            value = BackfillJson.class,
            responseCode = "202",
            responseDescription = "Queued; Location has its progress")
    public Uni<RestResponse<BackfillJson>> create(@NotNull PostedBackfill wanted) {
        TenantId tenant = current.tenant();
        Backfill.Request request = wanted.request(clock.instant());
        return backfills
                .queue(tenant, current.caller().subject(), request)
                .map(queued ->
                        RestResponse.ResponseBuilder.create(
                                        RestResponse.Status.ACCEPTED, BackfillJson.of(queued))
                                .location(URI.create("/api/v1/backfills/" + queued.id()))
                                .build());
    }

    /** Lists the tenant's backfills, newest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List backfills", operationId = "listBackfills")
    public Uni<Page<BackfillJson>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor) {
        TenantId tenant = current.tenant();
        List<?> question = List.of("backfills", tenant);
        Optional<JobPosition> after = cursors.decode(question, cursor, JobPosition::new);
        int shown = Math.min(Pages.limit(limit), Pages.MAX_LIMIT - 1);
        return backfills
                .list(tenant, after, shown + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                shown,
                                BackfillJson::of,
                                row -> cursors.encode(question, row.createdAt(), row.id())));
    }

    /** One backfill. */
    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a backfill with its progress", operationId = "readBackfill")
    public Uni<BackfillJson> read(@PathParam("id") String id) {
        return backfills.find(current.tenant(), Ids.of("backfill", id)).map(BackfillJson::of);
    }

    /** Cancels one. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Cancel a backfill",
            operationId = "cancelBackfill",
            description = "Nothing of it is shown. What it judged is kept for resuming.")
    public Uni<BackfillJson> cancel(@PathParam("id") String id) {
        return backfills.cancel(current.tenant(), Ids.of("backfill", id)).map(BackfillJson::of);
    }

    /** Goes on with one. */
    @POST
    @Path("/{id}/resume")
    @RolesAllowed("editor")
    @Operation(
            summary = "Resume a cancelled or failed backfill where it was",
            operationId = "resumeBackfill")
    public Uni<BackfillJson> resume(@PathParam("id") String id) {
        return backfills.resume(current.tenant(), Ids.of("backfill", id)).map(BackfillJson::of);
    }
}
