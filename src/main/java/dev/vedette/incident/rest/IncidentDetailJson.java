package dev.vedette.incident.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentTimeline;
import dev.vedette.incident.Symptom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An incident, its anomalies and what happened.
 *
 * @param incident its record
 * @param members its anomalies by onset, at most 1000
 * @param timeline what happened, oldest first
 */
@Schema(name = "IncidentDetail")
public record IncidentDetailJson(
        @JsonUnwrapped IncidentJson incident, List<Member> members, List<Entry> timeline) {

    /**
     * One of its anomalies, in short.
     *
     * @param anomalyId read it at {@code /anomalies/{id}}
     * @param metricName null when the node as a whole was unusual
     */
    @Schema(name = "IncidentMember")
    public record Member(
            @JsonProperty("anomaly_id") UUID anomalyId,
            @JsonProperty("cluster_id") String clusterId,
            @JsonProperty("node_id") String nodeId,
            @JsonProperty("metric_name") Optional<String> metricName,
            @JsonProperty("window_start") ApiTime windowStart,
            @JsonProperty("window_end") ApiTime windowEnd,
            boolean open,
            @JsonProperty("anomaly_score") double anomalyScore,
            String kind) {
        static Member of(Symptom symptom, TimeFormat format) {
            return new Member(
                    symptom.anomaly(),
                    symptom.clusterId(),
                    symptom.nodeId(),
                    symptom.metricName(),
                    new ApiTime(symptom.start(), format),
                    new ApiTime(symptom.end(), format),
                    symptom.open(),
                    symptom.score(),
                    symptom.kind().label());
        }
    }

    /** One thing that happened. */
    @Schema(name = "IncidentTimelineEntry")
    public record Entry(
            ApiTime at,
            @Schema(examples = "spread") String kind,
            @Schema(examples = "Spread: CPU spiked on api-05") String text) {
        static Entry of(IncidentTimeline.Entry entry, TimeFormat format) {
            return new Entry(new ApiTime(entry.at(), format), entry.kind(), entry.text());
        }
    }

    static IncidentDetailJson of(
            IncidentQueries.Detail detail, IncidentTimeline timeline, TimeFormat format) {
        return new IncidentDetailJson(
                IncidentJson.of(detail.incident(), format),
                detail.symptoms().stream().map(symptom -> Member.of(symptom, format)).toList(),
                timeline.of(detail).stream().map(entry -> Entry.of(entry, format)).toList());
    }
}
