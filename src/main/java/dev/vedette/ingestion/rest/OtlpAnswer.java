package dev.vedette.ingestion.rest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.vedette.http.ProblemException;
import dev.vedette.ingestion.IntakeResult;
import dev.vedette.ingestion.Refusal;
import dev.vedette.ingestion.body.ProtobufWriter;
import java.nio.charset.StandardCharsets;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * OTLP's answers, in the encoding of the request: {@code ExportMetricsServiceResponse}, and {@code
 * google.rpc.Status} for what is refused as a whole.
 */
enum OtlpAnswer {
    /** As protobuf. */
    BINARY {
        @Override
        String type() {
            return PROTOBUF;
        }

        @Override
        byte[] partial(long rejected, String message) {
            ProtobufWriter partial = new ProtobufWriter().number(1, rejected).text(2, message);
            return new ProtobufWriter().message(1, partial).toBytes();
        }

        @Override
        byte[] complete() {
            return new byte[0];
        }

        @Override
        byte[] status(int code, String message) {
            return new ProtobufWriter().number(1, code).text(2, message).toBytes();
        }
    },
    /** As JSON. */
    JSON {
        @Override
        String type() {
            return "application/json";
        }

        @Override
        byte[] partial(long rejected, String message) {
            return json(
                    "{\"partialSuccess\":{\"rejectedDataPoints\":\""
                            + rejected
                            + "\",\"errorMessage\":\""
                            + escaped(message)
                            + "\"}}");
        }

        @Override
        byte[] complete() {
            return json("{}");
        }

        @Override
        byte[] status(int code, String message) {
            return json("{\"code\":" + code + ",\"message\":\"" + escaped(message) + "\"}");
        }
    };

    static final String PROTOBUF = "application/x-protobuf";

    // google/rpc/code.proto
    private static final int INVALID_ARGUMENT = 3;
    private static final int PERMISSION_DENIED = 7;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int INTERNAL = 13;
    private static final int UNAVAILABLE = 14;

    abstract String type();

    abstract byte[] partial(long rejected, String message);

    abstract byte[] complete();

    abstract byte[] status(int code, String message);

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }

    /** The answer to what was taken in, in part or whole. */
    RestResponse<byte[]> taken(IntakeResult result, int exponentials) {
        String message = "";
        if (result.rejected() > 0) {
            Refusal first = result.refusals().getFirst();
            message = first.detail() + " (" + first.pointer() + "). " + first.reason().fix();
        } else if (exponentials > 0) {
            // a warning: nothing is rejected
            message =
                    "of "
                            + exponentials
                            + " points of exponential histograms count and sum are stored, their"
                            + " buckets are not; use explicit buckets";
        }
        RestResponse.ResponseBuilder<byte[]> response =
                RestResponse.ResponseBuilder.ok(
                        message.isEmpty() ? complete() : partial(result.rejected(), message),
                        type());
        PointRequests.rateLimit(response, result);
        return response.build();
    }

    /** The answer to a request that was refused. */
    RestResponse<byte[]> refusal(ProblemException problem) {
        String message = String.valueOf(problem.getMessage());
        RestResponse.ResponseBuilder<byte[]> response =
                RestResponse.ResponseBuilder.<byte[]>create(problem.kind().status())
                        .entity(status(code(problem), message))
                        .type(type());
        problem.retryAfter()
                .ifPresent(after -> response.header("Retry-After", Math.max(1, after.toSeconds())));
        return response.build();
    }

    private static int code(ProblemException problem) {
        return switch (problem.kind().status()) {
            case 403 -> PERMISSION_DENIED;
            case 429 -> RESOURCE_EXHAUSTED;
            case 503 -> UNAVAILABLE;
            case 500 -> INTERNAL;
            default -> INVALID_ARGUMENT;
        };
    }
}
