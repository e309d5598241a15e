package dev.vedette.incident.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
import dev.vedette.incident.Incident;
import dev.vedette.incident.SuspectedOrigin;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The incident record of the API.
 *
 * @param openAnomalies how many of its anomalies go on
 * @param acknowledged who took it; null when nobody has since it last began
 * @param resolved who said it is over; null when nobody did
 * @param mergedInto the incident it became part of
 * @param version counts changes
 */
@Schema(name = "Incident", description = "Anomalies that belong together")
public record IncidentJson(
        UUID id,
        @JsonProperty("tenant_id") @Schema(examples = "acme") String tenantId,
        @Schema(examples = "CPU, used memory and 3 more on api-05") String title,
        @Schema(examples = "open") String status,
        @Schema(examples = "critical") String severity,
        @Schema(examples = "0.93") double score,
        Origin origin,
        @JsonProperty("started_at") ApiTime startedAt,
        @JsonProperty("last_at") ApiTime lastAt,
        int nodes,
        int metrics,
        int anomalies,
        @JsonProperty("open_anomalies") int openAnomalies,
        Optional<Deed> acknowledged,
        Optional<Deed> resolved,
        @JsonProperty("merged_into") Optional<UUID> mergedInto,
        long version,
        @JsonProperty("created_at") ApiTime createdAt,
        @JsonProperty("changed_at") ApiTime changedAt) {

    /**
     * Where it most likely began: a guess.
     *
     * @param metricName null when the node as a whole was unusual
     * @param weight how far it stands out, in [0,1]
     */
    @Schema(name = "IncidentOrigin")
    public record Origin(
            @JsonProperty("cluster_id") @Schema(examples = "edge") String clusterId,
            @JsonProperty("node_id") @Schema(examples = "api-05") String nodeId,
            @JsonProperty("metric_name") @Schema(examples = "cpu_percent")
                    Optional<String> metricName,
            ApiTime since,
            double weight) {
        static Origin of(SuspectedOrigin origin, TimeFormat format) {
            return new Origin(
                    origin.clusterId(),
                    origin.nodeId(),
                    origin.metricName(),
                    new ApiTime(origin.since(), format),
                    origin.weight());
        }
    }

    /** Who did it, and when. */
    @Schema(name = "IncidentDeed")
    public record Deed(@Schema(examples = "ada@example.org") String by, ApiTime at) {
        static Deed of(Incident.Deed deed, TimeFormat format) {
            return new Deed(deed.actor(), new ApiTime(deed.at(), format));
        }
    }

    /** The record of a stored incident. */
    public static IncidentJson of(Incident incident, TimeFormat format) {
        return new IncidentJson(
                incident.id(),
                incident.tenant().value(),
                incident.title(),
                incident.status().label(),
                incident.severity().label(),
                incident.score(),
                Origin.of(incident.origin(), format),
                new ApiTime(incident.startedAt(), format),
                new ApiTime(incident.lastAt(), format),
                incident.nodes(),
                incident.metrics(),
                incident.anomalies(),
                incident.open(),
                incident.acknowledged().map(deed -> Deed.of(deed, format)),
                incident.resolved().map(deed -> Deed.of(deed, format)),
                incident.mergedInto(),
                incident.version(),
                new ApiTime(incident.createdAt(), format),
                new ApiTime(incident.changedAt(), format));
    }
}
