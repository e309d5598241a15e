package dev.vedette.transaction.rest;

import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models trained for the tenant. */
@Path("/api/v1/models")
@Tag(name = "Models")
public class ModelsResource {
    private final CurrentCaller current;
    private final Models models;

    ModelsResource(CurrentCaller current, Models models) {
        this.current = current;
        this.models = models;
    }

    /** A version of the model. */
    @Schema(name = "Model")
    record Version(
            int version,
            String kind,
            @Schema(examples = "promoted") String state,
            Map<String, Double> metrics,
            String author,
            ApiTime createdAt,
            ApiTime changedAt) {
        static Version of(ModelVersion model, TimeFormat format) {
            return new Version(
                    model.version(),
                    model.kind(),
                    model.state().label(),
                    model.metrics(),
                    model.author(),
                    new ApiTime(model.createdAt(), format),
                    new ApiTime(model.changedAt(), format));
        }
    }

    /** All versions. */
    @Schema(name = "Models")
    record Versions(List<Version> items) {}

    /** Lists the versions, newest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List models", operationId = "listModels")
    public Uni<Versions> list(
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return models.versions(current.tenant())
                .map(all ->
                        new Versions(all.stream().map(one -> Version.of(one, format)).toList()));
    }

    /** Lets a version decide. */
    @POST
    @Path("/{version}/promote")
    @RolesAllowed("editor")
    @Operation(
            summary = "Let a model decide",
            operationId = "promoteModel",
            description = "The one that decided before is retired.")
    public Uni<Version> promote(@PathParam("version") String version) {
        return move(version, ModelVersion.State.PROMOTED);
    }

    /** Lets a version score beside the one that decides. */
    @POST
    @Path("/{version}/shadow")
    @RolesAllowed("editor")
    @Operation(
            summary = "Let a model score without effect",
            operationId = "shadowModel",
            description = "Its scores are told with each decision, as part shadow:<version>.")
    public Uni<Version> shadow(@PathParam("version") String version) {
        return move(version, ModelVersion.State.SHADOW);
    }

    /** Takes a version out of use. */
    @POST
    @Path("/{version}/retire")
    @RolesAllowed("editor")
    @Operation(
            summary = "Take a model out of use",
            operationId = "retireModel",
            description = "Without a promoted model rules alone decide.")
    public Uni<Version> retire(@PathParam("version") String version) {
        return move(version, ModelVersion.State.RETIRED);
    }

    /** Goes back to the version before. */
    @POST
    @Path("/roll-back")
    @RolesAllowed("editor")
    @Operation(summary = "Let the model decide that did before", operationId = "rollBackModel")
    public Uni<Version> rollBack() {
        return models.rollBack(current.caller())
                .map(moved -> Version.of(moved, TimeFormat.RFC3339));
    }

    private Uni<Version> move(String version, ModelVersion.State to) {
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw ProblemException.notFound("model", "…");
        }
        return models.move(current.caller(), Integer.parseInt(version), to)
                .map(moved -> Version.of(moved, TimeFormat.RFC3339));
    }
}
