package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.detection.backtest.Backtest;
import dev.vedette.detection.backtest.BacktestRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A backtest in the API.
 *
 * @param state queued, running, completed, cancelled or failed
 * @param rule the change
 * @param progress share done, 0 to 1
 * @param failure why it failed
 * @param expiresAt when it goes
 * @param result once it is completed; not in lists
 */
@Schema(name = "Backtest")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BacktestJson(
        UUID id,
        @Schema(examples = "running") String state,
        ThresholdJson.Posted rule,
        Instant from,
        Instant to,
        @Schema(examples = "0.42") double progress,
        int seriesTotal,
        int seriesDone,
        Optional<String> failure,
        String createdBy,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Instant expiresAt,
        Optional<ResultJson> result) {
    /** Without its result. */
    static BacktestJson of(BacktestRun run) {
        return of(run, Optional.empty());
    }

    /** With what it found. */
    static BacktestJson of(BacktestRun run, Optional<Backtest> found) {
        BacktestRun.Progress progress = run.progress();
        return new BacktestJson(
                run.id(),
                progress.state().label(),
                ThresholdJson.Posted.of(run.draft()),
                run.range().from(),
                run.range().to(),
                progress.share(),
                progress.seriesTotal(),
                progress.seriesDone(),
                progress.failure(),
                run.createdBy(),
                run.createdAt(),
                progress.startedAt(),
                progress.endedAt(),
                run.expiresAt(),
                found.map(ResultJson::of));
    }

    /**
     * Alarms by the rules as they are, and by the change.
     *
     * @param now how good they are as it is
     * @param then how good with the change
     * @param series the those with an alarm on a side, or of which somebody spoke, by id
     */
    @Schema(name = "BacktestResult")
    public record ResultJson(QualityJson now, QualityJson then, List<SeriesJson> series) {
        static ResultJson of(Backtest found) {
            return new ResultJson(
                    QualityJson.of(found.now()),
                    QualityJson.of(found.then()),
                    found.series().stream().map(SeriesJson::of).toList());
        }
    }

    /**
     * How good alarms are, as far as feedback says.
     *
     * @param judged how many of them somebody spoke of
     * @param precision real ones as a share of those; left out when there are none
     * @param recall what was called real and is among them, as a share of it
     */
    @Schema(name = "BacktestQuality")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record QualityJson(
            int alarms, int judged, Optional<Double> precision, Optional<Double> recall) {
        static QualityJson of(Backtest.Quality quality) {
            return new QualityJson(
                    quality.alarms(), quality.judged(), quality.precision(), quality.recall());
        }
    }

    /** The alarms of one series on both sides. */
    @Schema(name = "BacktestSeries")
    public record SeriesJson(
            String clusterId,
            String nodeId,
            String metricName,
            Map<String, String> labels,
            List<AlarmJson> now,
            List<AlarmJson> then) {
        static SeriesJson of(Backtest.OfSeries one) {
            return new SeriesJson(
                    one.series().key().clusterId(),
                    one.series().key().nodeId(),
                    one.series().key().metricName(),
                    one.series().key().labels().pairs(),
                    one.now().stream().map(AlarmJson::of).toList(),
                    one.then().stream().map(AlarmJson::of).toList());
        }
    }

    /**
     * An alarm.
     *
     * @param isReal what feedback says of that time; left out when nothing
     * @param isShared whether the other side has one then, too
     */
    @Schema(name = "BacktestAlarm")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record AlarmJson(
            Instant start, Instant end, double score, Optional<Boolean> isReal, boolean isShared) {
        static AlarmJson of(Backtest.Alarm alarm) {
            return new AlarmJson(
                    alarm.start(), alarm.end(), alarm.score(), alarm.isReal(), alarm.isShared());
        }
    }
}
