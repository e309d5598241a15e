package dev.vedette.detection.backfill.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.detection.backfill.Backfill;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A backfill as the API gives it. */
@Schema(name = "Backfill")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BackfillJson(
        UUID id,
        @Schema(examples = "running") String state,
        @Schema(
                        description =
                                "request; of those the service made: late_data for points that came late,"
                                        + " schedule for selections whose time had come",
                        examples = "request")
                String reason,
        Selection selection,
        Instant from,
        Instant to,
        @Schema(examples = "ensemble", description = "Absent: as set for each series")
                Optional<String> engine,
        @JsonProperty("engine_version") Optional<Integer> engineVersion,
        Optional<Double> threshold,
        Optional<String> direction,
        @JsonProperty("min_absolute_deviation") Optional<Double> minAbsoluteDeviation,
        @JsonProperty("min_relative_deviation") Optional<Double> minRelativeDeviation,
        @JsonProperty("warm_up") Optional<String> warmUp,
        @JsonProperty("send_alerts") boolean sendAlerts,
        @Schema(description = "Share done, 0 to 1", examples = "0.42") double progress,
        @JsonProperty("series_total") long seriesTotal,
        @JsonProperty("series_done") long seriesDone,
        @JsonProperty("points_judged") long pointsJudged,
        @JsonProperty("anomalies_found") long anomaliesFound,
        Optional<String> failure,
        @JsonProperty("created_by") String createdBy,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("started_at") Optional<Instant> startedAt,
        @JsonProperty("ended_at") Optional<Instant> endedAt) {

    /**
     * Which series.
     *
     * @param numSeriesNamed how many series were named one by one, by the service itself
     */
    @Schema(name = "BackfillSelection")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Selection(
            @JsonProperty("cluster_id") Optional<String> clusterId,
            @JsonProperty("node_id") Optional<String> nodeId,
            @JsonProperty("metric_name") Optional<String> metricName,
            Map<String, String> labels,
            @JsonProperty("num_series_named") Optional<Integer> numSeriesNamed) {}

    /** The API's form. */
    public static BackfillJson of(Backfill backfill) {
        Backfill.Request request = backfill.request();
        Backfill.Progress progress = backfill.progress();
        return new BackfillJson(
                backfill.id(),
                progress.state().label(),
                request.reason().label(),
                new Selection(
                        request.filter().clusterId(),
                        request.filter().nodeId(),
                        request.filter().metricName(),
                        request.filter().labels(),
                        request.seriesIds().isEmpty()
                                ? Optional.empty()
                                : Optional.of(request.seriesIds().size())),
                request.range().from(),
                request.range().to(),
                request.engine(),
                backfill.engineVersion(),
                request.overrides().threshold(),
                request.overrides().direction().map(one -> one.name().toLowerCase(Locale.ROOT)),
                request.overrides().minAbsoluteDeviation(),
                request.overrides().minRelativeDeviation(),
                request.warmUp().map(Object::toString),
                request.sendAlerts(),
                progress.share(),
                progress.seriesTotal(),
                progress.seriesDone(),
                progress.points(),
                progress.anomalies(),
                progress.failure(),
                backfill.createdBy(),
                backfill.createdAt(),
                progress.startedAt(),
                progress.endedAt());
    }
}
