package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
import dev.vedette.series.MetricPoint;
import dev.vedette.series.Series;
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
        @JsonProperty("last_value") Optional<Double> lastValue) {
    /** The series with its last point, if it has one. */
    public static SeriesJson of(Series series, Optional<MetricPoint> last, TimeFormat format) {
        return new SeriesJson(
                series.id().value(),
                series.key().clusterId(),
                series.key().nodeId(),
                series.key().metricName(),
                series.key().labels().pairs(),
                series.unit(),
                last.map(point -> new ApiTime(point.timestamp(), format)),
                last.map(MetricPoint::value));
    }
}
