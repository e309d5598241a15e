package dev.vedette.detection.backfill.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.BackfillRanges;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.http.ProblemException;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What to judge again, as posted; what is left out is as live. */
@Schema(name = "NewBackfill")
public record PostedBackfill(
        Optional<Selection> selection,
        @Schema(examples = "2026-11-10T00:00:00Z") Optional<Instant> from,
        @Schema(examples = "2026-11-17T00:00:00Z", description = "Absent: now")
                Optional<Instant> to,
        @Schema(examples = "ensemble", description = "Absent: as set for each series")
                Optional<String> engine,
        @Schema(examples = "0.7") Optional<Double> threshold,
        @Schema(examples = "both") Optional<String> direction,
        @JsonProperty("min_absolute_deviation") Optional<Double> minAbsoluteDeviation,
        @JsonProperty("min_relative_deviation") Optional<Double> minRelativeDeviation,
        @JsonProperty("warm_up")
                @Schema(
                        type = SchemaType.STRING,
                        examples = "P15D",
                        description =
                                "How far before from the engine starts. Absent: at the beginning of"
                                        + " what is stored, as live detection did")
                Optional<Duration> warmUp,
        @JsonProperty("send_alerts")
                @Schema(description = "Send alerts for what is found; not by default")
                Optional<Boolean> sendAlerts) {

    /** Which series: all of the tenant's that fit what is named. */
    @Schema(name = "NewBackfillSelection")
    public record Selection(
            @JsonProperty("cluster_id") @Schema(examples = "edge") Optional<String> clusterId,
            @JsonProperty("node_id") Optional<String> nodeId,
            @JsonProperty("metric_name") @Schema(examples = "cpu_percent")
                    Optional<String> metricName,
            Optional<Map<String, String>> labels) {}

    /**
     * The request.
     *
     * @throws ProblemException when something is missing or out of its range
     */
    Backfill.Request request(Instant now) {
        Backfill.Overrides overrides =
                new Backfill.Overrides(
                        threshold,
                        direction.map(PostedBackfill::direction),
                        minAbsoluteDeviation,
                        minRelativeDeviation);
        try {
            overrides.on(DetectionSettings.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "/threshold",
                    "out_of_range",
                    String.valueOf(e.getMessage()),
                    "send a value in the range");
        }
        return new Backfill.Request(
                selection.map(PostedBackfill::filter).orElse(SeriesDirectory.Filter.ALL),
                java.util.List.of(),
                range(now),
                engine,
                overrides,
                warmUp.map(PostedBackfill::positive),
                sendAlerts.orElse(false),
                Backfill.Reason.REQUEST);
    }

    private TimeRange range(Instant now) {
        Instant start =
                from.orElseThrow(() ->
                        ProblemException.invalid(
                                "/from", "required", "from is missing", "send a time"));
        // The bucket that goes on is live detection's.
        TimeRange whole = BackfillRanges.wholeBuckets(now, now);
        Instant latest = whole.from();
        Instant end = to.filter(time -> time.isBefore(latest)).orElse(latest);
        if (to.isPresent() && to.get().isAfter(now.plus(ScoreBucket.WIDTH))) {
            throw ProblemException.invalid(
                    "/to", "in_future", "to " + to.get() + " is in the future", "send a past time");
        }
        if (!start.isBefore(end) || start.isBefore(Instant.EPOCH)) {
            throw ProblemException.invalid(
                    "/from",
                    "before_from",
                    "from " + start + " is not before " + end,
                    "send a from before to, and before now");
        }
        return BackfillRanges.wholeBuckets(start, end);
    }

    private static SeriesDirectory.Filter filter(Selection selection) {
        return new SeriesDirectory.Filter(
                selection.clusterId(),
                selection.nodeId(),
                selection.metricName(),
                selection.labels().orElse(Map.of()));
    }

    private static Duration positive(Duration duration) {
        if (!duration.isPositive() || duration.compareTo(Duration.ofDays(3660)) > 0) {
            throw ProblemException.invalid(
                    "/warm_up",
                    "out_of_range",
                    "warm_up must be above 0 and at most P3660D, is " + duration,
                    "leave it out to start at the beginning");
        }
        return duration;
    }

    private static DetectionSettings.Direction direction(String text) {
        return Arrays.stream(DetectionSettings.Direction.values())
                .filter(one -> one.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.invalid(
                                "/direction",
                                "unknown_value",
                                "there is no such direction",
                                "send above, below or both"));
    }
}
