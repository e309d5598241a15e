package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The anomaly record of the API; numbers describe the strongest point. */
@Schema(
        name = "Anomaly",
        description =
                "A run of anomalous points of one series, or of a node as a whole; or a payment"
                        + " that was not simply approved")
public record AnomalyJson(
        UUID id,
        @JsonProperty("tenant_id") @Schema(examples = "acme") String tenantId,
        @Schema(
                        examples = "metric",
                        description =
                                "metric or transaction. A payment has its account as node_id,"
                                        + " its id and merchant among the labels, and the parts"
                                        + " of its decision as evidence")
                String source,
        @JsonProperty("cluster_id") @Schema(examples = "edge") String clusterId,
        @JsonProperty("node_id") @Schema(examples = "api-05") String nodeId,
        @JsonProperty("metric_name")
                @Schema(
                        examples = "cpu_percent",
                        description = "Null for an anomaly of the node as a whole")
                Optional<String> metricName,
        Map<String, String> labels,
        Optional<String> unit,
        @JsonProperty("window_start") ApiTime windowStart,
        @JsonProperty("window_end") ApiTime windowEnd,
        @JsonProperty("peak_at") ApiTime peakAt,
        @JsonProperty("anomaly_score") @Schema(examples = "0.93") double anomalyScore,
        @JsonProperty("anomaly_label") @Schema(examples = "spike") String anomalyLabel,
        @Schema(examples = "spike") String kind,
        double magnitude,
        double confidence,
        @Schema(examples = "critical") String severity,
        @Schema(examples = "CPU on api-05 jumped to 97 % at 20:15; 31–48 % is usual then.")
                String explanation,
        double observed,
        Optional<Double> expected,
        Optional<Double> lower,
        Optional<Double> upper,
        int points,
        Map<String, Double> evidence,
        @Schema(description = "Of a node as a whole: the metrics that make it up")
                List<Contribution> contributions,
        @Schema(examples = "ensemble") String engine,
        @JsonProperty("engine_version") int engineVersion,
        @Schema(examples = "open") String status,
        @JsonProperty("incident_id") Optional<UUID> incidentId,
        @JsonProperty("created_at") ApiTime createdAt) {

    /**
     * A metric's part in an anomaly of its node.
     *
     * @param share in (0,1]
     */
    @Schema(name = "Contribution")
    public record Contribution(
            @JsonProperty("series_id") long seriesId,
            @JsonProperty("metric_name") @Schema(examples = "cpu_percent") String metricName,
            Map<String, String> labels,
            @Schema(examples = "percent") Optional<String> unit,
            @Schema(examples = "0.41") double share) {
        static Contribution of(dev.vedette.detection.Contribution part) {
            return new Contribution(
                    part.seriesId(),
                    part.metricName(),
                    part.labels().pairs(),
                    part.unit(),
                    part.share());
        }
    }

    /** The record of a stored anomaly that belongs to no incident yet. */
    public static AnomalyJson of(Anomaly anomaly, TimeFormat format) {
        return of(anomaly, Optional.empty(), format);
    }

    /** The record of a stored anomaly and the incident it belongs to. */
    public static AnomalyJson of(Anomaly anomaly, Optional<UUID> incident, TimeFormat format) {
        AnomalyPlace place = anomaly.place();
        AnomalyResult result = anomaly.result();
        return new AnomalyJson(
                anomaly.id(),
                place.tenant().value(),
                place.source().label(),
                place.clusterId(),
                place.nodeId(),
                place.metricName(),
                place.labels().pairs(),
                place.unit(),
                new ApiTime(result.windowStart(), format),
                new ApiTime(result.windowEnd(), format),
                new ApiTime(result.peakAt(), format),
                result.anomalyScore(),
                result.label().label(),
                result.kind().label(),
                result.magnitude(),
                result.confidence(),
                result.severity().label(),
                anomaly.explanation(),
                result.observed(),
                Columns.orNull(result.expected()),
                Columns.orNull(result.lower()),
                Columns.orNull(result.upper()),
                result.points(),
                result.evidence(),
                anomaly.contributions().stream().map(Contribution::of).toList(),
                anomaly.engine(),
                anomaly.engineVersion(),
                anomaly.status().label(),
                incident,
                new ApiTime(anomaly.createdAt(), format));
    }
}
