package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyContexts;
import dev.vedette.detection.AnomalyPlace;
import dev.vedette.http.TimeFormat;
import dev.vedette.series.SeriesKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An anomaly and what surrounds it.
 *
 * @param anomaly its record; its explanation also says what moved with it
 * @param context the points around it; none of a payment
 * @param band aligned with the points
 * @param contributors anomalies of the node's other metrics at that time, strongest first; of a
 *     payment those of the account
 * @param siblings the same metric of the cluster's other nodes
 * @param incident the incident it belongs to: its id, and where to read it; null within the first
 *     seconds
 * @param links where to read on
 */
@Schema(name = "AnomalyDetail")
public record AnomalyDetailJson(
        @JsonUnwrapped AnomalyJson anomaly,
        MetricsJson.RawPoints context,
        Columns.Band band,
        List<AnomalyJson> contributors,
        List<Sibling> siblings,
        Optional<Map<String, String>> incident,
        Map<String, String> links) {

    /**
     * The same metric of another node.
     *
     * @param anomalous whether it had an anomaly at that time
     * @param anomalyId the strongest one
     * @param anomalyScore its score
     */
    @Schema(name = "Sibling")
    public record Sibling(
            @JsonProperty("series_id") long seriesId,
            @JsonProperty("node_id") String nodeId,
            Map<String, String> labels,
            boolean anomalous,
            @JsonProperty("anomaly_id") Optional<UUID> anomalyId,
            @JsonProperty("anomaly_score") Optional<Double> anomalyScore) {
        static Sibling of(AnomalyContexts.Sibling sibling) {
            return new Sibling(
                    sibling.series().id().value(),
                    sibling.series().key().nodeId(),
                    sibling.series().key().labels().pairs(),
                    sibling.anomaly().isPresent(),
                    sibling.anomaly().map(anomaly -> anomaly.id()),
                    sibling.anomaly().map(anomaly -> anomaly.result().anomalyScore()));
        }
    }

    static AnomalyDetailJson of(
            AnomalyContexts.Context context,
            Anomaly explained,
            Optional<UUID> incident,
            TimeFormat format) {
        return new AnomalyDetailJson(
                AnomalyJson.of(explained, incident, format),
                MetricsJson.RawPoints.of(
                        context.points().epochMillis(), context.points().values(), format),
                Columns.Band.of(context.points()),
                context.contributors().stream().map(one -> AnomalyJson.of(one, format)).toList(),
                context.siblings().stream().map(Sibling::of).toList(),
                incident.map(AnomalyDetailJson::incident),
                links(context));
    }

    private static Map<String, String> incident(UUID id) {
        return Map.of("id", id.toString(), "self", "/api/v1/incidents/" + id);
    }

    private static Map<String, String> links(AnomalyContexts.Context context) {
        Map<String, String> links =
                context.anomaly()
                        .place()
                        .payment()
                        .map(AnomalyDetailJson::links)
                        .orElseGet(() -> linksOfPoints(context));
        links.put("self", "/api/v1/anomalies/" + context.anomaly().id());
        return links;
    }

    private static Map<String, String> links(AnomalyPlace.Payment payment) {
        Map<String, String> links = new TreeMap<>();
        links.put("transaction", "/api/v1/transactions/" + encoded(payment.transactionId()));
        return links;
    }

    private static Map<String, String> linksOfPoints(AnomalyContexts.Context context) {
        SeriesKey key = context.anomaly().lead().key();
        Instant from = context.anomaly().result().windowStart().minusSeconds(3600);
        Instant to = context.anomaly().result().windowEnd().plusSeconds(3600);
        String node =
                "cluster_id=" + encoded(key.clusterId()) + "&node_id=" + encoded(key.nodeId());
        String range = "&from=" + from + "&to=" + to;
        Map<String, String> links = new TreeMap<>();
        links.put(
                "points",
                "/api/v1/metrics?"
                        + node
                        + "&metric_name="
                        + encoded(key.metricName())
                        + range
                        + "&band=true");
        links.put("node", "/api/v1/scores?level=metric&" + node + range);
        return links;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
