package dev.vedette.detection.rest;

import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.EntityTags;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The rules by which the tenant's series are judged. */
@Path("/api/v1/thresholds")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Thresholds")
public class ThresholdsResource {
    private final CurrentCaller current;
    private final Thresholds thresholds;
    private final EngineRegistry engines;
    private final Cursors cursors;

    ThresholdsResource(
            CurrentCaller current, Thresholds thresholds, EngineRegistry engines, Cursors cursors) {
        this.current = current;
        this.thresholds = thresholds;
        this.engines = engines;
        this.cursors = cursors;
    }

    /** Lists the tenant's rules by name. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List threshold rules", operationId = "listThresholds")
    public Uni<Page<ThresholdJson.Rule>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        int most = Pages.limit(limit);
        List<String> question = List.of("thresholds", tenant.value());
        Optional<String> after = cursors.decode(question, cursor).map(List::getFirst);
        return thresholds
                .list(tenant, after, most + 1)
                .map(rules ->
                        Page.of(
                                rules,
                                most,
                                rule -> ThresholdJson.Rule.of(rule, format),
                                last -> cursors.encode(question, List.of(last.name()))));
    }

    /** Reads one rule. */
    @GET
    @Path("/{name}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a threshold rule", operationId = "readThreshold")
    public Uni<RestResponse<ThresholdJson.Rule>> read(
            @PathParam("name") String name,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return thresholds
                .find(current.tenant(), name)
                .map(rule -> answer(RestResponse.Status.OK, rule, format));
    }

    /** Makes a rule. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("editor")
    @Operation(
            summary = "Make a threshold rule",
            operationId = "createThreshold",
            description =
                    "Fields left out are taken from less specific rules: series over node over"
                            + " cluster over metric over family over the whole tenant, then the"
                            + " safe default of the metric's family, then the service's. Running"
                            + " detection goes by it within seconds.")
    @APIResponseSchema(
            value = ThresholdJson.Rule.class,
            responseCode = "201",
            responseDescription = "Made")
    public Uni<RestResponse<ThresholdJson.Rule>> create(@NotNull ThresholdJson.Posted posted) {
        String name = checkedName(posted);
        return thresholds
                .put(
                        current.caller(),
                        name,
                        posted.scopeOrTenant(),
                        fields(posted),
                        OptionalLong.empty())
                .map(stored ->
                        answer(RestResponse.Status.CREATED, stored.rule(), TimeFormat.RFC3339));
    }

    /** Replaces a rule. */
    @PUT
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Replace a threshold rule",
            operationId = "replaceThreshold",
            description = "Send the ETag that was read as If-Match.")
    public Uni<RestResponse<ThresholdJson.Rule>> replace(
            @PathParam("name") String name,
            @HeaderParam("If-Match") Optional<String> ifMatch,
            @NotNull ThresholdJson.Posted posted) {
        ThresholdFields fields = fields(posted);
        return seen(name, ifMatch)
                .chain(seen ->
                        thresholds.put(
                                current.caller(),
                                name,
                                posted.scopeOrTenant(),
                                fields,
                                OptionalLong.of(seen)))
                .map(stored -> answer(RestResponse.Status.OK, stored.rule(), TimeFormat.RFC3339));
    }

    /** Deletes a rule. */
    @DELETE
    @Path("/{name}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Delete a threshold rule",
            operationId = "deleteThreshold",
            description = "Send the ETag that was read as If-Match.")
    public Uni<Void> delete(
            @PathParam("name") String name, @HeaderParam("If-Match") Optional<String> ifMatch) {
        return seen(name, ifMatch).chain(seen -> thresholds.delete(current.caller(), name, seen));
    }

    /** Takes the last change of a rule back. */
    @POST
    @Path("/{name}/roll-back")
    @RolesAllowed("editor")
    @Operation(
            summary = "Take the last change of a threshold rule back",
            operationId = "rollBackThreshold",
            description =
                    "Send the ETag that was read as If-Match. The rule becomes what it was before, as"
                            + " a new version; one that was new is deleted, 204.")
    public Uni<RestResponse<ThresholdJson.Rule>> rollBack(
            @PathParam("name") String name, @HeaderParam("If-Match") Optional<String> ifMatch) {
        return seen(name, ifMatch)
                .chain(seen -> thresholds.rollBack(current.caller(), name, seen))
                .map(rule ->
                        rule.map(one -> answer(RestResponse.Status.OK, one, TimeFormat.RFC3339))
                                .orElseGet(RestResponse::noContent));
    }

    private ThresholdFields fields(ThresholdJson.Posted posted) {
        DetectResource.requireEngine(posted.engine(), engines);
        return posted.fields();
    }

    private static String checkedName(ThresholdJson.Posted posted) {
        return posted.name()
                .filter(ThresholdRule::isName)
                .orElseThrow(() ->
                        ProblemException.invalid(
                                "/name",
                                "invalid_value",
                                "a rule needs a name of 1 to 64 of a-z, 0-9, -, _ and .",
                                "send a name such as latency-everywhere"));
    }

    // What is not there is said before what is missing in the call.
    private Uni<Long> seen(String name, Optional<String> ifMatch) {
        return thresholds
                .find(current.tenant(), name)
                .map(rule -> EntityTags.revision(ifMatch, "threshold rule", rule.name()));
    }

    private static RestResponse<ThresholdJson.Rule> answer(
            RestResponse.Status status, ThresholdRule rule, TimeFormat format) {
        return RestResponse.ResponseBuilder.create(status, ThresholdJson.Rule.of(rule, format))
                .header("ETag", EntityTags.of(rule.revision()))
                .build();
    }
}
