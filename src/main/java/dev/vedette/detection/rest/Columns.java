package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vedette.detection.JudgedSeries;
import dev.vedette.http.ApiDescription;
import dev.vedette.http.JsonNumbers;
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
        JsonNumbers json = new JsonNumbers(values.length * 8 + 2).add('[');
        for (int i = 0; i < values.length; i++) {
            separated(json, i).add(values[i]);
        }
        return json.add(']').toString();
    }

    /** Points as a JSON array of {@code [time, value]}. */
    public static String json(long[] epochMillis, double[] values, TimeFormat format) {
        JsonNumbers json = new JsonNumbers(values.length * 34 + 2).add('[');
        for (int i = 0; i < values.length; i++) {
            format.append(separated(json, i).add('['), epochMillis[i]);
            json.add(',').add(values[i]).add(']');
        }
        return json.add(']').toString();
    }

    private static JsonNumbers separated(JsonNumbers json, int index) {
        return index == 0 ? json : json.add(',');
    }
}
