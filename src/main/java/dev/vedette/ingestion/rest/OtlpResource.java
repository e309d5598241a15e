package dev.vedette.ingestion.rest;

import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionConfig;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.IngestionProtocol;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.otlp.DeltaTotals;
import dev.vedette.ingestion.otlp.OtlpBatch;
import dev.vedette.ingestion.otlp.OtlpDecoder;
import dev.vedette.ingestion.otlp.OtlpJson;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes in points of OpenTelemetry SDKs and collectors. */
@Path("/v1/metrics")
@Tag(name = "Write")
class OtlpResource {
    private static final String EXAMPLE =
            """
            {"resourceMetrics":[{"resource":{"attributes":[\
            {"key":"k8s.cluster.name","value":{"stringValue":"eu-1"}},\
            {"key":"host.name","value":{"stringValue":"web-17"}}]},\
            "scopeMetrics":[{"metrics":[{"name":"cpu.usage","unit":"percent","gauge":{"dataPoints":[\
            {"timeUnixNano":"1769860800000000000","asDouble":42.5}]}}]}]}]}\
            """;

    private final PointRequests requests;
    private final IngestionMetrics metrics;
    private final OtlpDecoder decoder;

    OtlpResource(
            PointRequests requests,
            SentIdentities identities,
            IngestionMetrics metrics,
            IngestionConfig config) {
        this.requests = requests;
        this.metrics = metrics;
        this.decoder =
                new OtlpDecoder(
                        identities, new DeltaTotals(config.maxDeltaSeries()), requests.limits());
    }

    @POST
    @RolesAllowed({"ingest", "editor"})
    @Consumes({OtlpAnswer.PROTOBUF, MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "otlpMetrics",
            summary = "Store points as OTLP/HTTP",
            description =
                    "OpenTelemetry's protocol for metrics, as protobuf or JSON, gzip welcome."
                            + " Answers once the accepted points are durable. Points that were"
                            + " refused are told in partial_success. A refused request is answered"
                            + " with a google.rpc.Status, as the protocol asks.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.OBJECT),
                        examples = @ExampleObject(name = "a gauge", value = EXAMPLE)),
                @Content(
                        mediaType = OtlpAnswer.PROTOBUF,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "200",
            description = "ExportMetricsServiceResponse",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.OBJECT)),
                @Content(
                        mediaType = OtlpAnswer.PROTOBUF,
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "default",
            description = "A google.rpc.Status, or a problem where no message could be read",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.OBJECT)),
                @Content(
                        mediaType = OtlpAnswer.PROTOBUF,
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = Problem.MEDIA_TYPE,
                        schema = @Schema(implementation = Problem.class))
            })
    public Uni<RestResponse<byte[]>> export(
            byte[] body,
            @HeaderParam("Content-Type") Optional<MediaType> type,
            @HeaderParam("Content-Encoding") String encoding) {
        boolean json = type.filter(MediaType.APPLICATION_JSON_TYPE::isCompatible).isPresent();
        OtlpAnswer answer = json ? OtlpAnswer.JSON : OtlpAnswer.BINARY;
        String content = encoding == null ? "" : encoding;
        Left left = new Left();
        return requests.take(
                        IngestionProtocol.OTLP,
                        LabelDialect.OPENTELEMETRY,
                        body,
                        !content.isEmpty(),
                        mapping -> decode(mapping, requests.content(body, content), json, left))
                .map(result -> answer(answer, result, left))
                .onFailure(ProblemException.class)
                .recoverWithItem(answer::refusal);
    }

    private IncomingBatch decode(SenderMapping mapping, byte[] content, boolean json, Left left)
            throws MalformedBodyException, IOException {
        OtlpBatch batch = decoder.decode(mapping, json ? OtlpJson.toProtobuf(content) : content);
        left.exponentials = batch.exponentials();
        metrics.leftOut(IngestionProtocol.OTLP, "exponential_buckets", batch.exponentials());
        metrics.leftOut(IngestionProtocol.OTLP, "exemplar", batch.exemplars());
        return batch.points();
    }

    private static RestResponse<byte[]> answer(OtlpAnswer answer, IntakeResult result, Left left) {
        if (result.isRefused()) {
            return answer.refusal(ProblemException.invalid(Answer.violations(result)));
        }
        return answer.taken(result, left.exponentials);
    }

    /** What a request held and is not stored; written before the answer is made. */
    private static final class Left {
        private volatile int exponentials;
    }
}
