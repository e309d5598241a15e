package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.detection.DetectorState;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
import dev.vedette.series.MetricPoint;
import dev.vedette.series.Series;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One series of the catalogue. */
@Schema(name = "Series")
public record SeriesJson(
        @JsonProperty("series_id") long seriesId,
        @JsonProperty("cluster_id") @Schema(examples = "edge") String clusterId,
        @JsonProperty("node_id") @Schema(examples = "api-05") String nodeId,
        @JsonProperty("metric_name") @Schema(examples = "cpu_percent") String metricName,
        Map<String, String> labels,
        @Schema(examples = "percent") Optional<String> unit,
        @JsonProperty("last_time") Optional<ApiTime> lastTime,
        @JsonProperty("last_value") Optional<Double> lastValue,
        Detector detector) {
    /**
     * Where its detector stands, as of the last checkpoint.
     *
     * @param state {@code new} before the first checkpoint, {@code warming_up}, or {@code ready}
     * @param engine id of the engine at work
     * @param readyAt when the first verdict is due, while it warms up
     * @param siblings how many series of the same metric it began with the knowledge of; 0 when it
     *     learns from its own points alone
     */
    @Schema(name = "Detector")
    public record Detector(
            @Schema(examples = "warming_up") String state,
            @Schema(examples = "ensemble") Optional<String> engine,
            @JsonProperty("ready_at") Optional<ApiTime> readyAt,
            @Schema(examples = "5") int siblings) {
        static Detector of(Optional<DetectorState> state, TimeFormat format) {
            Optional<Instant> readyAt = state.flatMap(DetectorState::warmAt);
            return new Detector(
                    state.isEmpty() ? "new" : readyAt.isPresent() ? "warming_up" : "ready",
                    state.map(DetectorState::engine),
                    readyAt.map(at -> new ApiTime(at, format)),
                    state.map(DetectorState::siblings).orElse(0));
        }
    }

    /** The series with its last point and the state of its detector, if it has them. */
    public static SeriesJson of(
            Series series,
            Optional<MetricPoint> last,
            Optional<DetectorState> detector,
            TimeFormat format) {
        return new SeriesJson(
                series.id().value(),
                series.key().clusterId(),
                series.key().nodeId(),
                series.key().metricName(),
                series.key().labels().pairs(),
                series.unit(),
                last.map(point -> new ApiTime(point.timestamp(), format)),
                last.map(MetricPoint::value),
                Detector.of(detector, format));
    }
}
