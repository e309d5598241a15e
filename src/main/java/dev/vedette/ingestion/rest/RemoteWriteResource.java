package dev.vedette.ingestion.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.IngestionProtocol;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.SnappyBlock;
import dev.vedette.ingestion.remotewrite.RemoteWriteBatch;
import dev.vedette.ingestion.remotewrite.WriteRequestV1;
import dev.vedette.ingestion.remotewrite.WriteRequestV2;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes in points of Prometheus and everything else that writes like it. */
@Path("/api/v1/write")
@Tag(name = "Write")
class RemoteWriteResource {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String WRITTEN = "X-Prometheus-Remote-Write-";

    private final PointRequests requests;
    private final IngestionMetrics metrics;
    private final WriteRequestV1 version1;
    private final WriteRequestV2 version2;

    RemoteWriteResource(
            PointRequests requests, SentIdentities identities, IngestionMetrics metrics) {
        this.requests = requests;
        this.metrics = metrics;
        this.version1 = new WriteRequestV1(identities, requests.limits());
        this.version2 = new WriteRequestV2(identities, requests.limits());
    }

    /** The two messages there are. */
    private enum Message {
        V1,
        V2;

        // prometheus.io/docs/specs/prw/remote_write_spec_2_0: without a parameter it is 1.0
        static Message of(Optional<MediaType> type) {
            String proto =
                    type.map(MediaType::getParameters)
                            .map(parameters -> parameters.get("proto"))
                            .orElse("prometheus.WriteRequest");
            return switch (proto) {
                case "prometheus.WriteRequest" -> V1;
                case "io.prometheus.write.v2.Request" -> V2;
                default ->
                        throw ProblemException.of(
                                ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                                "proto is '"
                                        + proto.substring(0, Math.min(80, proto.length()))
                                        + "'; send prometheus.WriteRequest or"
                                        + " io.prometheus.write.v2.Request");
            };
        }
    }

    @POST
    @RolesAllowed({"ingest", "editor"})
    @Consumes(PROTOBUF)
    @Operation(
            operationId = "remoteWrite",
            summary = "Store points as Prometheus remote write",
            description =
                    "Remote write 1.0 and 2.0, told apart by the content type's parameter proto."
                            + " Answers once the accepted samples are durable. When some were"
                            + " refused the answer is 400, as the protocol asks: the others are"
                            + " stored all the same, and the sender must not repeat the request.")
    @RequestBody(
            required = true,
            description = "prometheus.WriteRequest or io.prometheus.write.v2.Request, snappy block",
            content =
                    @Content(
                            mediaType = PROTOBUF,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "204",
            description = "All samples are durable",
            headers =
                    @Header(
                            name = WRITTEN + "Samples-Written",
                            description = "Version 2.0: how many samples",
                            schema = @Schema(type = SchemaType.INTEGER)))
    public Uni<RestResponse<Void>> write(
            byte[] body,
            @HeaderParam("Content-Type") Optional<MediaType> type,
            @HeaderParam("Content-Encoding") String encoding,
            @Context RoutingContext context) {
        Message message = Message.of(type);
        requireSnappy(encoding);
        return requests.take(
                        IngestionProtocol.REMOTE_WRITE,
                        LabelDialect.PROMETHEUS,
                        body,
                        true,
                        mapping -> decode(mapping, body, message))
                .map(result -> answer(result, message, context.response()));
    }

    private static void requireSnappy(String encoding) {
        if (encoding == null || !encoding.strip().equalsIgnoreCase("snappy")) {
            throw ProblemException.of(
                    ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Encoding must be snappy, as remote write says");
        }
    }

    private IncomingBatch decode(SenderMapping mapping, byte[] body, Message message)
            throws MalformedBodyException {
        byte[] content = SnappyBlock.decode(body, requests.limits());
        RemoteWriteBatch batch =
                switch (message) {
                    case V1 -> version1.decode(mapping, content);
                    case V2 -> version2.decode(mapping, content);
                };
        metrics.leftOut(IngestionProtocol.REMOTE_WRITE, "exemplar", batch.exemplars());
        return batch.points();
    }

    private static RestResponse<Void> answer(
            IntakeResult result, Message message, HttpServerResponse response) {
        if (message == Message.V2) {
            // a refusal says it too, so that the sender knows what is stored
            response.putHeader(WRITTEN + "Samples-Written", String.valueOf(result.accepted()));
            response.putHeader(WRITTEN + "Histograms-Written", "0");
            response.putHeader(WRITTEN + "Exemplars-Written", "0");
        }
        if (result.rejected() > 0) {
            throw ProblemException.invalid(Answer.violations(result));
        }
        RestResponse.ResponseBuilder<Void> answer = RestResponse.ResponseBuilder.noContent();
        PointRequests.rateLimit(answer, result);
        return answer.build();
    }
}
