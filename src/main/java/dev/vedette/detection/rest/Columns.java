package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vedette.detection.JudgedSeries;
import dev.vedette.http.ApiDescription;
import dev.vedette.http.TimeFormat;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Columns of numbers in JSON, written without an object per number; what is no number is null. */
public final class Columns {
    private Columns() {}

    /** The number, or null in JSON when there is none. */
    public static Optional<Double> orNull(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    /**
     * What detection says of the points beside it: columns aligned with them.
     *
     * @param expected expected values; null while warming up, as the next two
     * @param lower lower ends of the usual range
     * @param upper upper ends of the usual range
     * @param anomalyScore in [0,1]
     * @param alarmScore in [0,1]
     */
    @Schema(name = "Band", description = "Aligned with the points; null while warming up")
    public record Band(
            @JsonRawValue @Schema(ref = ApiDescription.NUMBERS) String expected,
            @JsonRawValue @Schema(ref = ApiDescription.NUMBERS) String lower,
            @JsonRawValue @Schema(ref = ApiDescription.NUMBERS) String upper,
            @JsonRawValue @JsonProperty("anomaly_score") @Schema(ref = ApiDescription.NUMBERS)
                    String anomalyScore,
            @JsonRawValue @JsonProperty("alarm_score") @Schema(ref = ApiDescription.NUMBERS)
                    String alarmScore) {
        /** The columns of judged points. */
        public static Band of(JudgedSeries judged) {
            return new Band(
                    json(judged.expected()),
                    json(judged.lower()),
                    json(judged.upper()),
                    json(judged.anomalyScores()),
                    json(judged.alarmScores()));
        }
    }

    /** The numbers as a JSON array. */
    public static String json(double[] values) {
        StringBuilder json = new StringBuilder(values.length * 8 + 2).append('[');
        for (int i = 0; i < values.length; i++) {
            append(json.append(i == 0 ? "" : ","), values[i]);
        }
        return json.append(']').toString();
    }

    /** Points as a JSON array of {@code [time, value]}. */
    public static String json(long[] epochMillis, double[] values, TimeFormat format) {
        StringBuilder json = new StringBuilder(values.length * 32 + 2).append('[');
        for (int i = 0; i < values.length; i++) {
            json.append(i == 0 ? "[" : ",[");
            format.append(json, epochMillis[i]);
            append(json.append(','), values[i]);
            json.append(']');
        }
        return json.append(']').toString();
    }

    private static void append(StringBuilder json, double value) {
        if (!Double.isFinite(value)) {
            json.append("null");
        } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            json.append((long) value);
        } else {
            json.append(value);
        }
    }
}
