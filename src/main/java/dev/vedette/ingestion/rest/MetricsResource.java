package dev.vedette.ingestion.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionProtocol;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.body.ContentDecoder;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Takes in points as JSON. */
@Path("/api/v1/metrics")
@Tag(name = "Write")
class MetricsResource {
    private static final String LINES = "application/x-ndjson";

    private final PointRequests requests;
    private final MetricsDecoder decoder;

    MetricsResource(PointRequests requests) {
        this.requests = requests;
        this.decoder = new MetricsDecoder(requests.limits());
    }

    @POST
    @RolesAllowed({"ingest", "editor"})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "writeMetrics",
            summary = "Store points",
            description =
                    "Answers once the accepted points are durable. A bad point spoils only itself:"
                            + " the others are stored and the answer says which were refused, why,"
                            + " and what to do. Sending the same points again is harmless. Bodies"
                            + " may be compressed with gzip or zstd.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = WrittenSeries.Request.class),
                        examples =
                                @ExampleObject(
                                        name = "two points",
                                        value = WrittenSeries.Request.EXAMPLE)),
                @Content(
                        mediaType = LINES,
                        schema = @Schema(implementation = WrittenSeries.class),
                        examples =
                                @ExampleObject(
                                        name = "a series a line",
                                        value = WrittenSeries.LINE))
            })
    @APIResponse(
            responseCode = "200",
            description = "At least one point is durable, or there was none",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    public Uni<RestResponse<Answer>> write(
            byte[] body, @HeaderParam("Content-Encoding") String encoding) {
        return take(body, encoding, decoder::decodeDocument);
    }

    @POST
    @RolesAllowed({"ingest", "editor"})
    @Consumes(LINES)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<RestResponse<Answer>> writeLines(
            byte[] body, @HeaderParam("Content-Encoding") String encoding) {
        return take(body, encoding, decoder::decodeLines);
    }

    private Uni<RestResponse<Answer>> take(byte[] body, String encoding, Format format) {
        String content = encoding == null ? "" : encoding;
        return requests.take(
                        IngestionProtocol.JSON,
                        body,
                        !content.isEmpty(),
                        tenant -> decode(tenant, body, content, format))
                .map(MetricsResource::answer);
    }

    private IncomingBatch decode(TenantId tenant, byte[] body, String encoding, Format format)
            throws MalformedBodyException, IOException {
        try (InputStream content = ContentDecoder.decode(body, encoding, requests.limits())) {
            // JSON of points compresses about five times
            int expected = encoding.isEmpty() ? body.length : body.length * 5;
            IncomingBatch batch = format.decode(content, expected);
            batch.namedTenants().forEach(named -> requireTenant(tenant, named));
            return batch;
        }
    }

    private static void requireTenant(TenantId tenant, String named) {
        if (!tenant.value().equals(named)) {
            throw ProblemException.of(
                    ProblemKind.TENANT_MISMATCH,
                    "the credential belongs to tenant '"
                            + tenant
                            + "'; leave the tenant out, it comes from the credential");
        }
    }

    private static RestResponse<Answer> answer(IntakeResult result) {
        if (result.isRefused()) {
            throw ProblemException.invalid(Answer.violations(result));
        }
        RestResponse.ResponseBuilder<Answer> response =
                RestResponse.ResponseBuilder.ok(Answer.of(result));
        PointRequests.rateLimit(response, result);
        return response.build();
    }

    /** How the body is laid out. */
    private interface Format {
        IncomingBatch decode(InputStream body, int expectedBytes) throws MalformedBodyException;
    }
}
