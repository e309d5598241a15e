package dev.vedette.transaction.rest;

import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import dev.vedette.transaction.training.AlertVolume;
import dev.vedette.transaction.training.AlertVolumes;
import dev.vedette.transaction.training.ModelsConfig;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The models trained for the tenant. */
@Path("/api/v1/models")
@Tag(name = "Models")
public class ModelsResource {
    private final CurrentCaller current;
    private final Models models;
    private final AlertVolumes volumes;
    private final ModelsConfig config;

    ModelsResource(
            CurrentCaller current, Models models, AlertVolumes volumes, ModelsConfig config) {
        this.current = current;
        this.models = models;
        this.volumes = volumes;
        this.config = config;
    }

    /**
     * What a model made of the newest decisions.
     *
     * @param decisions that it scored since its state last changed
     * @param alerts those whose score, rules left out, asks for a review
     * @param alertShare alerts per decision
     */
    @Schema(name = "ModelVolume")
    record Live(long decisions, long alerts, double alertShare) {
        static Live of(AlertVolume volume) {
            return new Live(volume.decisions(), volume.alerts(), volume.share());
        }
    }

    /** A version of the model. */
    @Schema(name = "Model")
    record Version(
            int version,
            String kind,
            @Schema(examples = "promoted") String state,
            Map<String, String> parameters,
            @Schema(
                            description =
                                    "learnt, judged, labelled: transactions; alert_share, and with"
                                            + " labels auroc and average_precision, of the trial")
                    Map<String, Double> metrics,
            String author,
            ApiTime createdAt,
            ApiTime changedAt,
            @Schema(description = "why the service moved it; empty when a person did") String note,
            @Schema(description = "its number in MLflow's registry, once it is there")
                    Optional<String> mlflowVersion,
            @Schema(description = "of a promoted one and of shadows, once they scored something")
                    Optional<Live> live) {
        static Version of(
                ModelVersion model, Map<Integer, AlertVolume> volumes, TimeFormat format) {
            AlertVolume volume = volumes.get(model.version());
            return new Version(
                    model.version(),
                    model.kind(),
                    model.state().label(),
                    model.parameters(),
                    model.metrics(),
                    model.author(),
                    new ApiTime(model.createdAt(), format),
                    new ApiTime(model.changedAt(), format),
                    model.note(),
                    model.mlflowVersion(),
                    Optional.ofNullable(volume).map(Live::of));
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
        return live(volumes ->
                models.versions(current.tenant())
                        .map(all ->
                                new Versions(
                                        all.stream()
                                                .map(one -> Version.of(one, volumes, format))
                                                .toList())));
    }

    /** Reads one version. */
    @GET
    @Path("/{version}")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Read a model",
            operationId = "readModel",
            description = "By what it was trained, how its trial went, and what it does now.")
    public Uni<Version> read(
            @PathParam("version") String version,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        int number = number(version);
        return live(volumes ->
                models.version(current.tenant(), number)
                        .map(one -> Version.of(one, volumes, format)));
    }

    /** Gives the file of one version. */
    @GET
    @Path("/{version}/file")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Read a model's file",
            operationId = "readModelFile",
            description =
                    "As it was registered, byte by byte: it can be brought again, here or elsewhere,"
                            + " as format vedette.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Uni<Response> file(@PathParam("version") String version) {
        int number = number(version);
        return models.file(current.tenant(), number)
                .map(bytes ->
                        Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM_TYPE)
                                .header(
                                        HttpHeaders.CONTENT_DISPOSITION,
                                        "attachment; filename=\"model-" + number + ".bin\"")
                                .build());
    }

    private <T> Uni<T> live(Function<Map<Integer, AlertVolume>, Uni<? extends T>> answer) {
        return volumes.of(
                        current.tenant(),
                        config.watchedDecisions(),
                        DecisionSettings.DEFAULT.review())
                .chain(answer);
    }

    /** Lets a version decide. */
    @POST
    @Path("/{version}/promote")
    @RolesAllowed("editor")
    @Operation(
            summary = "Let a model decide",
            operationId = "promoteModel",
            description =
                    "The one that decided before is retired. A model that cannot be read is refused"
                            + " (409).")
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
    @Operation(
            summary = "Let the model decide that did before",
            operationId = "rollBackModel",
            description =
                    "Done again it goes further back. The service does the same by itself when a"
                            + " model raises far more alerts than in its trial, or far fewer.")
    public Uni<Version> rollBack() {
        return models.rollBack(current.caller()).map(ModelsResource::moved);
    }

    private Uni<Version> move(String version, ModelVersion.State to) {
        return models.move(current.caller(), number(version), to).map(ModelsResource::moved);
    }

    /** A version that was just made or moved. */
    static Version moved(ModelVersion model) {
        return Version.of(model, Map.of(), TimeFormat.RFC3339);
    }

    private static int number(String version) {
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw ProblemException.notFound("model", "…");
        }
        return Integer.parseInt(version);
    }
}
