package dev.vedette.ingestion.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.IngestionProtocol;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.SentIdentities;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.influx.LineBatch;
import dev.vedette.ingestion.influx.LineDecoder;
import dev.vedette.ingestion.influx.LinePrecision;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes in points of Telegraf and everything else that writes to an InfluxDB. */
@Path("/api")
@Tag(name = "Write")
class InfluxResource {
    private static final String EXAMPLE =
            "cpu,cluster=eu-1,host=web-17 usage_user=42.5,usage_system=3.1 1769860800000000000\n";

    private final PointRequests requests;
    private final IngestionMetrics metrics;
    private final InstantSource clock;
    private final LineDecoder decoder;

    InfluxResource(
            PointRequests requests,
            SentIdentities identities,
            IngestionMetrics metrics,
            InstantSource clock) {
        this.requests = requests;
        this.metrics = metrics;
        this.clock = clock;
        this.decoder = new LineDecoder(identities, requests.limits());
    }

    @POST
    @Path("/v1/influx/write")
    @RolesAllowed({"ingest", "editor"})
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "influxWrite",
            summary = "Store points as InfluxDB 1 line protocol",
            description =
                    "Answers once the accepted points are durable. When a line or point was refused"
                            + " the answer is 400, and the others are stored all the same. The"
                            + " parameters db and rp have no meaning here.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN,
                            schema = @Schema(implementation = String.class),
                            examples = @ExampleObject(name = "two fields", value = EXAMPLE)))
    @APIResponse(responseCode = "204", description = "All points are durable")
    public Uni<RestResponse<Void>> write(
            byte[] body,
            @HeaderParam("Content-Encoding") String encoding,
            @Parameter(description = "Unit of the times: n, u, ms, s, m or h; n when absent")
                    @RestQuery
                    Optional<String> precision) {
        return take(body, encoding, precision);
    }

    @POST
    @Path("/v2/write")
    @RolesAllowed({"ingest", "editor"})
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "influxWriteV2",
            summary = "Store points as InfluxDB 2 line protocol",
            description = "As version 1; the parameters org and bucket have no meaning here.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.TEXT_PLAIN,
                            schema = @Schema(implementation = String.class),
                            examples = @ExampleObject(name = "two fields", value = EXAMPLE)))
    @APIResponse(responseCode = "204", description = "All points are durable")
    public Uni<RestResponse<Void>> writeV2(
            byte[] body,
            @HeaderParam("Content-Encoding") String encoding,
            @Parameter(description = "Unit of the times: ns, us, ms or s; ns when absent")
                    @RestQuery
                    Optional<String> precision) {
        return take(body, encoding, precision);
    }

    private Uni<RestResponse<Void>> take(byte[] body, String encoding, Optional<String> precision) {
        LinePrecision unit = precision(precision.orElse(""));
        String content = encoding == null ? "" : encoding;
        return requests.take(
                        IngestionProtocol.INFLUX,
                        LabelDialect.INFLUX,
                        body,
                        !content.isEmpty(),
                        mapping -> decode(mapping, requests.content(body, content), unit))
                .map(InfluxResource::answer);
    }

    private static LinePrecision precision(String name) {
        return LinePrecision.of(name)
                .orElseThrow(() ->
                        ProblemException.invalid(
                                "?precision",
                                "precision_unknown",
                                "precision is '"
                                        + name.substring(0, Math.min(20, name.length()))
                                        + "'",
                                "Send ns, us, ms, s, m or h."));
    }

    private IncomingBatch decode(SenderMapping mapping, byte[] content, LinePrecision precision)
            throws MalformedBodyException, IOException {
        LineBatch batch = decoder.decode(mapping, content, precision, clock.millis());
        metrics.leftOut(IngestionProtocol.INFLUX, "text_field", batch.texts());
        return batch.points();
    }

    private static RestResponse<Void> answer(IntakeResult result) {
        if (result.rejected() > 0) {
            throw ProblemException.invalid(Answer.violations(result));
        }
        RestResponse.ResponseBuilder<Void> response = RestResponse.ResponseBuilder.noContent();
        PointRequests.rateLimit(response, result);
        return response.build();
    }
}
