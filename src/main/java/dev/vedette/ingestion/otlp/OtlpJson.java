package dev.vedette.ingestion.otlp;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.ingestion.body.ProtobufWriter;
import java.io.IOException;
import java.util.function.BiConsumer;

/**
 * Turns OTLP's JSON (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding") into the protobuf
 * it stands for, so that there is one decoder. Reads the whole text into a tree, which is why such
 * bodies are held to {@value #MAX_BYTES} bytes.
 */
public final class OtlpJson {
    /** Longest text; senders with more use protobuf, which is read without a tree. */
    public static final int MAX_BYTES = 8 << 20;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(32)
                                .maxStringLength(1 << 16)
                                .maxNumberLength(64)
                                .build());
    }

    private OtlpJson() {}

    /**
     * The message of that text.
     *
     * @throws MalformedBodyException when it is no JSON of that shape
     */
    public static byte[] toProtobuf(byte[] text) throws MalformedBodyException {
        if (text.length > MAX_BYTES) {
            throw MalformedBodyException.tooLarge(
                    "the body has more than " + MAX_BYTES + " bytes of JSON; send protobuf");
        }
        try {
            JsonNode root = JSON.readTree(text);
            if (root == null || !root.isObject()) {
                throw MalformedBodyException.malformed("the body must be a JSON object");
            }
            return request(root).toBytes();
        } catch (IOException | IllegalArgumentException e) {
            String what = String.valueOf(e.getMessage());
            throw MalformedBodyException.malformed(
                    "the body is not OTLP's JSON: "
                            + what.substring(0, Math.min(200, what.length())));
        }
    }

    private static ProtobufWriter request(JsonNode node) {
        ProtobufWriter request = new ProtobufWriter();
        each(node, "resourceMetrics", request, 1, OtlpJson::resourceMetrics);
        return request;
    }

    private static void resourceMetrics(JsonNode node, ProtobufWriter into) {
        ProtobufWriter resource = new ProtobufWriter();
        each(node.path("resource"), "attributes", resource, 1, OtlpJson::keyValue);
        into.message(1, resource);
        each(node, "scopeMetrics", into, 2, OtlpJson::scopeMetrics);
    }

    private static void scopeMetrics(JsonNode node, ProtobufWriter into) {
        into.message(1, new ProtobufWriter().text(1, node.path("scope").path("name").asText("")));
        each(node, "metrics", into, 2, OtlpJson::metric);
    }

    private static void metric(JsonNode node, ProtobufWriter into) {
        into.text(1, node.path("name").asText("")).text(3, node.path("unit").asText(""));
        data(node.path("gauge"), into, 5, OtlpJson::number);
        data(node.path("sum"), into, 7, OtlpJson::number);
        data(node.path("histogram"), into, 9, OtlpJson::histogram);
        data(node.path("exponentialHistogram"), into, 10, OtlpJson::exponential);
        data(node.path("summary"), into, 11, OtlpJson::summary);
    }

    private static void data(
            JsonNode node,
            ProtobufWriter into,
            int field,
            BiConsumer<JsonNode, ProtobufWriter> point) {
        if (node.isMissingNode()) {
            return;
        }
        ProtobufWriter data = new ProtobufWriter();
        each(node, "dataPoints", data, 1, point);
        data.number(2, temporality(node.path("aggregationTemporality")));
        into.message(field, data);
    }

    // numbers by the specification; names from writers that know protobuf's own JSON only
    private static long temporality(JsonNode node) {
        return node.asText("").equals("AGGREGATION_TEMPORALITY_DELTA") ? 1 : node.asLong(0);
    }

    private static void number(JsonNode node, ProtobufWriter into) {
        into.fixed64(3, whole(node.path("timeUnixNano")));
        if (node.has("asInt")) {
            into.fixed64(6, whole(node.path("asInt")));
        } else if (node.has("asDouble")) {
            into.float64(4, real(node.path("asDouble")));
        }
        each(node, "attributes", into, 7, OtlpJson::keyValue);
        each(node, "exemplars", into, 5, (exemplar, message) -> {});
        into.number(8, node.path("flags").asLong(0));
    }

    private static void histogram(JsonNode node, ProtobufWriter into) {
        head(node, into);
        ProtobufWriter counts = new ProtobufWriter();
        node.path("bucketCounts").forEach(count -> counts.raw64(whole(count)));
        into.message(6, counts);
        ProtobufWriter bounds = new ProtobufWriter();
        node.path("explicitBounds")
                .forEach(bound -> bounds.raw64(Double.doubleToRawLongBits(real(bound))));
        into.message(7, bounds);
        each(node, "attributes", into, 9, OtlpJson::keyValue);
        into.number(10, node.path("flags").asLong(0));
    }

    private static void exponential(JsonNode node, ProtobufWriter into) {
        head(node, into);
        each(node, "attributes", into, 1, OtlpJson::keyValue);
        into.number(10, node.path("flags").asLong(0));
    }

    private static void summary(JsonNode node, ProtobufWriter into) {
        head(node, into);
        each(
                node,
                "quantileValues",
                into,
                6,
                (quantile, message) ->
                        message.float64(1, real(quantile.path("quantile")))
                                .float64(2, real(quantile.path("value"))));
        each(node, "attributes", into, 7, OtlpJson::keyValue);
        into.number(8, node.path("flags").asLong(0));
    }

    private static void head(JsonNode node, ProtobufWriter into) {
        into.fixed64(3, whole(node.path("timeUnixNano")));
        into.fixed64(4, whole(node.path("count")));
        if (node.has("sum")) {
            into.float64(5, real(node.path("sum")));
        }
    }

    private static void keyValue(JsonNode node, ProtobufWriter into) {
        into.text(1, node.path("key").asText("")).message(2, any(node.path("value")));
    }

    private static ProtobufWriter any(JsonNode node) {
        ProtobufWriter any = new ProtobufWriter();
        if (node.has("stringValue")) {
            any.text(1, node.path("stringValue").asText());
        } else if (node.has("boolValue")) {
            any.number(2, node.path("boolValue").asBoolean() ? 1 : 0);
        } else if (node.has("intValue")) {
            any.number(3, whole(node.path("intValue")));
        } else if (node.has("doubleValue")) {
            any.float64(4, real(node.path("doubleValue")));
        } else if (node.has("arrayValue")) {
            ProtobufWriter array = new ProtobufWriter();
            node.path("arrayValue").path("values").forEach(value -> array.message(1, any(value)));
            any.message(5, array);
        } else if (node.has("kvlistValue")) {
            ProtobufWriter map = new ProtobufWriter();
            each(node.path("kvlistValue"), "values", map, 1, OtlpJson::keyValue);
            any.message(6, map);
        } else if (node.has("bytesValue")) {
            any.text(1, node.path("bytesValue").asText());
        }
        return any;
    }

    // 64-bit numbers are texts in protobuf's JSON, and plain numbers are allowed
    private static long whole(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return 0;
        }
        if (node.isTextual()) {
            return Long.parseLong(node.asText());
        }
        if (!node.canConvertToLong()) {
            throw new IllegalArgumentException("'" + node + "' is no whole number of 64 bits");
        }
        return node.asLong();
    }

    private static double real(JsonNode node) {
        if (node.isTextual()) {
            return switch (node.asText()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(node.asText());
            };
        }
        if (!node.isNumber()) {
            throw new IllegalArgumentException("'" + node.getNodeType() + "' is no number");
        }
        return node.asDouble();
    }

    private static void each(
            JsonNode node,
            String field,
            ProtobufWriter into,
            int number,
            BiConsumer<JsonNode, ProtobufWriter> write) {
        for (JsonNode one : node.path(field)) {
            ProtobufWriter message = new ProtobufWriter();
            write.accept(one, message);
            into.message(number, message);
        }
    }
}
