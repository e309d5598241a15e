package dev.vedette.transaction.rest;

import dev.vedette.detection.rest.Choices;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.transaction.training.BroughtFile;
import dev.vedette.transaction.training.BroughtModels;
import dev.vedette.transaction.training.TrainingRun;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Models that were trained elsewhere. */
@Path("/api/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Models")
public class ModelUploadResource {
    private final CurrentCaller current;
    private final BroughtModels models;

    ModelUploadResource(CurrentCaller current, BroughtModels models) {
        this.current = current;
        this.models = models;
    }

    /** Registers a file as a version. */
    @POST
    @TakesModelFile
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @Consumes(MediaType.APPLICATION_OCTET_STREAM)
    @RolesAllowed("editor")
    @Operation(
            summary = "Bring a model",
            operationId = "bringModel",
            description =
                    "The body is a file: of vedette train, or ONNX where the service has ONNX"
                            + " Runtime. It is tried on the newest decided transactions, and an ONNX"
                            + " model's scores are calibrated on them; then it is a version like any"
                            + " other.")
    @APIResponse(
            responseCode = "201",
            description = "Registered, and moved as wanted",
            content = @Content(schema = @Schema(implementation = ModelsResource.Version.class)))
    public Uni<RestResponse<ModelsResource.Version>> bring(
            byte[] file,
            @Parameter(description = "vedette or onnx")
                    @QueryParam("format")
                    @DefaultValue("vedette")
                    String format,
            @Parameter(
                            description =
                                    "Of an ONNX model: names of declared features in the order of"
                                            + " its row, with commas between")
                    @QueryParam("features")
                    @DefaultValue("")
                    String features,
            @Parameter(
                            description =
                                    "Of an ONNX model: the output that has the score; may be left"
                                            + " out when only one can be")
                    @QueryParam("output")
                    @DefaultValue("")
                    String output,
            @Parameter(
                            description =
                                    "Of an ONNX model: whether a high or a low score is stranger;"
                                            + " decision_function of scikit-learn is low")
                    @QueryParam("stranger")
                    @DefaultValue("high")
                    String stranger,
            @Parameter(description = "register, shadow or promote")
                    @QueryParam("next")
                    @DefaultValue("register")
                    String next) {
        TrainingRun.Next then = Choices.of("next", next, TrainingRun.Next.values());
        BroughtFile brought = BroughtFiles.of(file, format, features, output, stranger);
        return models.bring(current.caller(), brought, then)
                .map(made ->
                        RestResponse.ResponseBuilder.create(
                                        RestResponse.Status.CREATED, ModelsResource.moved(made))
                                .location(URI.create("/api/v1/models/" + made.version()))
                                .build());
    }
}
