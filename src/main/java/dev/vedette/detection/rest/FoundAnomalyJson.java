package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An anomaly in points that are stored nowhere: the anomaly record without what storing adds. */
@Schema(name = "FoundAnomaly")
public record FoundAnomalyJson(
        @JsonProperty("window_start") ApiTime windowStart,
        @JsonProperty("window_end") ApiTime windowEnd,
        @JsonProperty("peak_at") ApiTime peakAt,
        boolean open,
        @JsonProperty("anomaly_score") double anomalyScore,
        @JsonProperty("anomaly_label") @Schema(examples = "spike") String anomalyLabel,
        @Schema(examples = "dip") String kind,
        double magnitude,
        double confidence,
        @Schema(examples = "warning") String severity,
        String explanation,
        double observed,
        Optional<Double> expected,
        Optional<Double> lower,
        Optional<Double> upper,
        int points,
        Map<String, Double> evidence) {

    /** The record of that anomaly. */
    public static FoundAnomalyJson of(AnomalyResult result, String explanation, TimeFormat format) {
        return new FoundAnomalyJson(
                new ApiTime(result.windowStart(), format),
                new ApiTime(result.windowEnd(), format),
                new ApiTime(result.peakAt(), format),
                result.open(),
                result.anomalyScore(),
                result.label().label(),
                result.kind().label(),
                result.magnitude(),
                result.confidence(),
                result.severity().label(),
                explanation,
                result.observed(),
                Columns.orNull(result.expected()),
                Columns.orNull(result.lower()),
                Columns.orNull(result.upper()),
                result.points(),
                result.evidence());
    }
}
