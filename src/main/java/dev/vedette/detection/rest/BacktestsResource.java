package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.detection.Backtest;
import dev.vedette.detection.Backtests;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A change of the rules on a past range: which alarms there would have been. */
@Path("/api/v1/backtests")
@Tag(name = "Thresholds")
public class BacktestsResource {
    private final CurrentCaller current;
    private final Backtests backtests;
    private final Thresholds thresholds;
    private final EngineRegistry engines;
    private final InstantSource clock;

    BacktestsResource(
            CurrentCaller current,
            Backtests backtests,
            Thresholds thresholds,
            EngineRegistry engines,
            InstantSource clock) {
        this.current = current;
        this.backtests = backtests;
        this.thresholds = thresholds;
        this.engines = engines;
        this.clock = clock;
    }

    /**
     * Alarms by the rules as they are, and by the change.
     *
     * @param now how good they are as it is
     * @param then how good with the change
     * @param series the first 8 that the rule is about
     */
    @Schema(name = "Backtest")
    public record BacktestJson(
            Instant from, Instant to, QualityJson now, QualityJson then, List<SeriesJson> series) {}

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

    /** Runs a rule on stored points, beside the rules as they are. */
    @POST
    @RolesAllowed("viewer")
    @Operation(
            summary = "Backtest a threshold rule",
            operationId = "backtest",
            description =
                    "On the first 8 series it is about, not on nodes as wholes, over at most 28 days;"
                            + " answered at once."
                            + " Apply it by storing the rule; POST /thresholds/{name}/roll-back takes"
                            + " that back.")
    public Uni<BacktestJson> backtest(@NotNull TrialRequest request) {
        return backtests
                .run(
                        current.tenant(),
                        request.draft(thresholds, engines, current.caller()),
                        request.range(clock.instant()))
                .map(found ->
                        new BacktestJson(
                                found.range().from(),
                                found.range().to(),
                                QualityJson.of(found.now()),
                                QualityJson.of(found.then()),
                                found.series().stream().map(SeriesJson::of).toList()));
    }
}
