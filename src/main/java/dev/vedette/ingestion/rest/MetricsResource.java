package dev.vedette.ingestion.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionBusyException;
import dev.vedette.ingestion.IngestionConfig;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.PointIntake;
import dev.vedette.ingestion.PointQuota;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.ingestion.TooManyPointsException;
import dev.vedette.tenant.TenantId;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
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

    /**
     * Larger bodies would keep an event loop from its other connections for a millisecond or more.
     */
    private static final int MAX_BYTES_ON_EVENT_LOOP = 16 * 1024;

    private static final Duration STORAGE_RETRY = Duration.ofSeconds(2);

    private final PointIntake intake;
    private final CurrentCaller caller;
    private final IngestionMetrics metrics;
    private final ExecutorService virtualThreads;
    private final BodyLimits limits;
    private final MetricsDecoder decoder;

    MetricsResource(
            PointIntake intake,
            CurrentCaller caller,
            IngestionMetrics metrics,
            IngestionConfig config,
            @VirtualThreads ExecutorService virtualThreads) {
        this.intake = intake;
        this.caller = caller;
        this.metrics = metrics;
        this.virtualThreads = virtualThreads;
        this.limits =
                new BodyLimits(
                        config.maxBody().asLongValue(),
                        config.maxCompressionRatio(),
                        config.maxRequestPoints());
        this.decoder = new MetricsDecoder(limits);
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
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = WrittenSeries.Request.class),
                            examples =
                                    @ExampleObject(
                                            name = "two points",
                                            value = WrittenSeries.Request.EXAMPLE)))
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
        TenantId tenant = caller.tenant();
        metrics.received(body.length);
        String content = encoding == null ? "" : encoding;
        Uni<IntakeResult> taken =
                Uni.createFrom()
                        .deferred(() -> intake.take(tenant, decode(tenant, body, content, format)));
        boolean small = body.length <= MAX_BYTES_ON_EVENT_LOOP && content.isEmpty();
        return (small ? taken : taken.runSubscriptionOn(virtualThreads))
                .onFailure()
                .transform(MetricsResource::problem)
                .map(MetricsResource::answer);
    }

    private IncomingBatch decode(TenantId tenant, byte[] body, String encoding, Format format) {
        try (InputStream content = ContentDecoder.decode(body, encoding, limits)) {
            // JSON of points compresses about five times
            int expected = encoding.isEmpty() ? body.length : body.length * 5;
            IncomingBatch batch = format.decode(content, expected);
            batch.namedTenants().forEach(named -> requireTenant(tenant, named));
            return batch;
        } catch (MalformedBodyException e) {
            throw unreadable(e);
        } catch (java.io.IOException e) {
            throw ProblemException.of(
                    ProblemKind.MALFORMED_REQUEST, "the body cannot be read: " + e.getMessage());
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

    private static ProblemException unreadable(MalformedBodyException e) {
        String detail = String.valueOf(e.getMessage());
        return switch (e.kind()) {
            case TOO_LARGE -> ProblemException.of(ProblemKind.PAYLOAD_TOO_LARGE, detail);
            case UNKNOWN_ENCODING ->
                    ProblemException.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, detail);
            case MALFORMED ->
                    ProblemException.invalid(
                            e.pointer(),
                            "body_malformed",
                            detail,
                            "Send one JSON document as described under POST /api/v1/metrics.");
        };
    }

    private static Throwable problem(Throwable failure) {
        return switch (failure) {
            case TooManyPointsException e ->
                    ProblemException.retryable(
                            ProblemKind.TOO_MANY_REQUESTS, said(e), e.retryAfter());
            case IngestionBusyException e ->
                    ProblemException.retryable(ProblemKind.UNAVAILABLE, said(e), e.retryAfter());
            case StorageUnavailableException e ->
                    ProblemException.retryable(
                            ProblemKind.UNAVAILABLE,
                            "the points could not be stored; send them again",
                            STORAGE_RETRY);
            default -> failure;
        };
    }

    private static String said(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static RestResponse<Answer> answer(IntakeResult result) {
        if (result.isRefused()) {
            throw ProblemException.invalid(Answer.violations(result));
        }
        RestResponse.ResponseBuilder<Answer> response =
                RestResponse.ResponseBuilder.ok(Answer.of(result));
        result.allowance().ifPresent(left -> rateLimit(response, left));
        return response.build();
    }

    // draft-ietf-httpapi-ratelimit-headers
    private static void rateLimit(
            RestResponse.ResponseBuilder<Answer> response, PointQuota.Allowance left) {
        long quota = (long) left.perSecond() * left.windowSeconds();
        response.header("RateLimit-Policy", "\"points\";q=" + quota + ";w=" + left.windowSeconds())
                .header("RateLimit", "\"points\";r=" + left.remaining() + ";t=1");
    }

    /** How the body is laid out. */
    private interface Format {
        IncomingBatch decode(InputStream body, int expectedBytes) throws MalformedBodyException;
    }
}
