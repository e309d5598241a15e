package dev.vedette.detection.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import dev.vedette.detection.PointReader;
import dev.vedette.http.ProblemException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Points of a request body: {@code [[time, value], …]}, times increasing, each RFC 3339 or epoch
 * milliseconds.
 *
 * @param points in columns
 */
@JsonDeserialize(using = PostedPoints.Reader.class)
@Schema(
        name = "PostedPoints",
        type = SchemaType.ARRAY,
        implementation = Object[].class,
        description = "[[time, value], …]; times increase, RFC 3339 or epoch milliseconds",
        examples = "[[\"2026-11-21T08:00:00Z\", 41.5], [1795248060000, 42]]")
public record PostedPoints(PointReader.Points points) {
    /** Most points of one request. */
    static final int MOST = 100_000;

    /** Reads them without an object per point. */
    static final class Reader extends StdDeserializer<PostedPoints> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(PostedPoints.class);
        }

        @Override
        public PostedPoints deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            if (!json.isExpectedStartArrayToken()) {
                context.reportWrongTokenException(
                        PostedPoints.class, JsonToken.START_ARRAY, "points are an array");
            }
            Builder points = new Builder();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                try {
                    points.add(json);
                } catch (ProblemException e) {
                    throw JsonMappingException.from(json, e.getMessage(), e);
                }
            }
            return points.build();
        }
    }

    private static final class Builder {
        private long[] times = new long[64];
        private double[] values = new double[64];
        private int size;

        void add(JsonParser json) throws IOException {
            if (size == MOST) {
                throw ProblemException.invalid(
                        pointer(),
                        "too_many_points",
                        "there are more than " + MOST + " points",
                        "send at most " + MOST + " in one request");
            }
            if (size == times.length) {
                times = Arrays.copyOf(times, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            boolean isPair = json.isExpectedStartArrayToken();
            if (isPair) {
                json.nextToken();
                times[size] = time(json);
                json.nextToken();
                values[size] = value(json);
                isPair = json.nextToken() == JsonToken.END_ARRAY;
            }
            if (!isPair) {
                throw refused("wrong_type", "a point is not a pair", "send [time, value]");
            }
            requireIncreasing();
            size++;
        }

        private long time(JsonParser json) throws IOException {
            try {
                return switch (json.currentToken()) {
                    case VALUE_NUMBER_INT -> json.getLongValue();
                    case VALUE_STRING ->
                            OffsetDateTime.parse(json.getText()).toInstant().toEpochMilli();
                    default -> throw notATime();
                };
            } catch (DateTimeException | ArithmeticException e) {
                throw notATime();
            }
        }

        private ProblemException notATime() {
            return refused(
                    "time_wrong_form",
                    "the time is not one",
                    "send RFC 3339 or epoch milliseconds");
        }

        private double value(JsonParser json) throws IOException {
            boolean isNumber = json.currentToken().isNumeric();
            double value = isNumber ? json.getDoubleValue() : Double.NaN;
            if (!Double.isFinite(value)) {
                throw refused(
                        "value_not_finite", "the value is not a finite number", "send a number");
            }
            return value;
        }

        private void requireIncreasing() {
            if (size > 0 && times[size] <= times[size - 1]) {
                throw refused(
                        "not_increasing",
                        "time " + times[size] + " follows " + times[size - 1],
                        "sort the points by time and send each time once");
            }
        }

        private ProblemException refused(String code, String detail, String fix) {
            return ProblemException.invalid(pointer(), code, detail + " at point " + size, fix);
        }

        private String pointer() {
            return "/series/points/" + size;
        }

        PostedPoints build() {
            return new PostedPoints(
                    new PointReader.Points(
                            Arrays.copyOf(times, size), Arrays.copyOf(values, size)));
        }
    }
}
