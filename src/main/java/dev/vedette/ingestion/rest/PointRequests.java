package dev.vedette.ingestion.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.IncomingBatch;
import dev.vedette.ingestion.IngestionBusyException;
import dev.vedette.ingestion.IngestionConfig;
import dev.vedette.ingestion.IngestionMetrics;
import dev.vedette.ingestion.IngestionProtocol;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.LabelMappings;
import dev.vedette.ingestion.PointIntake;
import dev.vedette.ingestion.SenderMapping;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.ingestion.TooManyPointsException;
import dev.vedette.ingestion.body.BodyLimits;
import dev.vedette.ingestion.body.ContentDecoder;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.tenant.TenantId;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The road of a request that brings points, whatever its protocol: decoded off the event loop
 * unless it is small, taken in, and every failure turned into the problem that is answered.
 */
@ApplicationScoped
class PointRequests {
    /**
     * Larger bodies would keep an event loop from its other connections for a millisecond or more.
     */
    private static final int MAX_BYTES_ON_EVENT_LOOP = 16 * 1024;

    private static final Duration STORAGE_RETRY = Duration.ofSeconds(2);

    private final PointIntake intake;
    private final CurrentCaller caller;
    private final LabelMappings mappings;
    private final IngestionMetrics metrics;
    private final ExecutorService virtualThreads;
    private final BodyLimits limits;

    PointRequests(
            PointIntake intake,
            CurrentCaller caller,
            LabelMappings mappings,
            IngestionMetrics metrics,
            IngestionConfig config,
            @VirtualThreads ExecutorService virtualThreads) {
        this.intake = intake;
        this.caller = caller;
        this.mappings = mappings;
        this.metrics = metrics;
        this.virtualThreads = virtualThreads;
        this.limits =
                new BodyLimits(
                        config.maxBody().asLongValue(),
                        config.maxCompressionRatio(),
                        config.maxRequestPoints());
    }

    /** What one request may ask of memory. */
    BodyLimits limits() {
        return limits;
    }

    /** Decodes a body that says by itself which series it holds. */
    interface Decoding {
        /** The request's points. */
        IncomingBatch decode(TenantId tenant) throws MalformedBodyException, IOException;
    }

    /** Decodes a body whose labels have to be mapped. */
    interface MappedDecoding {
        /** The request's points. */
        IncomingBatch decode(SenderMapping mapping) throws MalformedBodyException, IOException;
    }

    /**
     * Takes in a body.
     *
     * @param compressed whether it may be much larger than it looks
     * @return what became of it; fails with a {@link ProblemException}
     */
    Uni<IntakeResult> take(
            IngestionProtocol protocol, byte[] body, boolean compressed, Decoding decoding) {
        TenantId tenant = caller.tenant();
        return onRightThread(
                tenant,
                protocol,
                body,
                compressed,
                Uni.createFrom()
                        .deferred(
                                () -> intake.take(tenant, decoded(() -> decoding.decode(tenant)))));
    }

    /** The same for a body whose labels have to be mapped. */
    Uni<IntakeResult> take(
            IngestionProtocol protocol,
            LabelDialect dialect,
            byte[] body,
            boolean compressed,
            MappedDecoding decoding) {
        TenantId tenant = caller.tenant();
        return mappings.of(tenant, dialect)
                .onFailure()
                .transform(failure -> problem(protocol, failure))
                .chain(mapping ->
                        onRightThread(
                                tenant,
                                protocol,
                                body,
                                compressed,
                                Uni.createFrom()
                                        .deferred(() ->
                                                intake.take(
                                                        tenant,
                                                        decoded(() -> decoding.decode(mapping))))));
    }

    private Uni<IntakeResult> onRightThread(
            TenantId tenant,
            IngestionProtocol protocol,
            byte[] body,
            boolean compressed,
            Uni<IntakeResult> taken) {
        metrics.received(body.length);
        boolean small = body.length <= MAX_BYTES_ON_EVENT_LOOP && !compressed;
        return (small ? taken : taken.runSubscriptionOn(virtualThreads))
                .onFailure()
                .transform(failure -> problem(protocol, failure))
                .invoke(result -> metrics.answered(tenant, protocol, result));
    }

    private interface Bytes {
        IncomingBatch decode() throws MalformedBodyException, IOException;
    }

    private static IncomingBatch decoded(Bytes bytes) {
        try {
            return bytes.decode();
        } catch (MalformedBodyException e) {
            throw UnreadableBody.problem(
                    e, "Send a body as the documentation of this route describes it.");
        } catch (IOException e) {
            throw ProblemException.of(
                    ProblemKind.MALFORMED_REQUEST, "the body cannot be read: " + e.getMessage());
        }
    }

    /** The whole body, decompressed within the limits. */
    byte[] content(byte[] body, String encoding) throws MalformedBodyException, IOException {
        if (encoding.isEmpty()) {
            return body;
        }
        try (InputStream content = ContentDecoder.decode(body, encoding, limits)) {
            return content.readAllBytes();
        } catch (dev.vedette.ingestion.body.BoundedInputStream.LimitExceededException e) {
            throw MalformedBodyException.tooLarge(String.valueOf(e.getMessage()));
        }
    }

    private Throwable problem(IngestionProtocol protocol, Throwable failure) {
        Throwable problem =
                switch (failure) {
                    case TooManyPointsException e -> PointRateLimit.refusal(e);
                    case IngestionBusyException e ->
                            ProblemException.retryable(
                                    ProblemKind.UNAVAILABLE, said(e), e.retryAfter());
                    case StorageUnavailableException _ ->
                            ProblemException.retryable(
                                    ProblemKind.UNAVAILABLE,
                                    "the points could not be stored; send them again",
                                    STORAGE_RETRY);
                    default -> failure;
                };
        if (problem instanceof ProblemException known) {
            metrics.refused(protocol, known.kind().name().toLowerCase(Locale.ROOT));
        }
        return problem;
    }

    private static String said(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    /** Tells the sender its allowance, as draft-ietf-httpapi-ratelimit-headers does. */
    static void rateLimit(RestResponse.ResponseBuilder<?> response, IntakeResult result) {
        result.allowance()
                .map(left -> PointRateLimit.of(left, Duration.ofSeconds(1)).headers())
                .ifPresent(headers -> headers.forEach(response::header));
    }
}
