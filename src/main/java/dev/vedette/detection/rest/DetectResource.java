package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vedette.detection.AnomalyExplainer;
import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.JudgedSeries;
import dev.vedette.detection.PointJudge;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.http.ApiDescription;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.series.Series;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Detection on points that are sent along and stored nowhere. */
@Path("/api/v1/detect")
@Tag(name = "Detection")
public class DetectResource {
    private final CurrentCaller current;
    private final PointJudge judge;
    private final EngineRegistry engines;
    private final AnomalyExplainer explainer;

    DetectResource(
            CurrentCaller current,
            PointJudge judge,
            EngineRegistry engines,
            AnomalyExplainer explainer) {
        this.current = current;
        this.judge = judge;
        this.engines = engines;
        this.explainer = explainer;
    }

    /**
     * What to judge, and how.
     *
     * @param engine id of the engine; that of live detection of such a series when left out
     * @param config what differs from live detection of such a series
     * @param bands whether the expected values and ranges are wanted, too
     */
    @Schema(name = "DetectRequest")
    public record DetectRequest(
            @Schema(examples = {"ensemble", "seasonal", "isolation-forest"})
                    Optional<String> engine,
            Optional<PostedSettings> config,
            PostedSeries series,
            Optional<Boolean> bands) {}

    /**
     * What was found.
     *
     * @param engine id of the engine that judged
     * @param askedEngine the external engine that should have judged but did not answer
     * @param results the anomalies, oldest first
     * @param scores anomaly score of each point sent
     * @param alarmScores alarm score of each point sent
     * @param bands when asked for
     */
    @Schema(name = "DetectAnswer")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record DetectAnswer(
            @Schema(examples = "ensemble") String engine,
            @JsonProperty("asked_engine") @Schema(examples = "merlion")
                    Optional<String> askedEngine,
            List<FoundAnomalyJson> results,
            @JsonRawValue @Schema(ref = ApiDescription.NUMBERS) String scores,
            @JsonRawValue @JsonProperty("alarm_scores") @Schema(ref = ApiDescription.NUMBERS)
                    String alarmScores,
            Optional<Columns.Band> bands) {}

    /** Judges the points as live detection would. */
    @POST
    @RolesAllowed("viewer")
    @Operation(summary = "Detect anomalies in the points sent", operationId = "detect")
    public Uni<DetectAnswer> detect(
            @NotNull DetectRequest request,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        requireEngine(request.engine(), engines);
        Series series = series(request.series(), current);
        return judge.plan(series)
                .map(live -> plan(live, request.engine(), request.config()))
                .chain(plan ->
                        judge.judge(plan.engine(), plan.settings(), request.series().columns())
                                .map(judged -> answer(request, plan, series, judged, format)));
    }

    /**
     * What was asked for, in place of what live detection goes by.
     *
     * @throws ProblemException when a setting is out of its range
     */
    public static DetectionPlan plan(
            DetectionPlan live, Optional<String> engine, Optional<PostedSettings> config) {
        return new DetectionPlan(
                engine.orElse(live.engine()),
                config.map(posted -> posted.over(live.settings())).orElse(live.settings()));
    }

    /**
     * Refuses an engine that there is not.
     *
     * @throws ProblemException when there is none of that id
     */
    public static void requireEngine(Optional<String> asked, EngineRegistry engines) {
        List<String> known = engines.all().stream().map(one -> one.id()).toList();
        if (asked.filter(engine -> !known.contains(engine)).isPresent()) {
            throw ProblemException.invalid(
                    "/engine",
                    "unknown_engine",
                    "there is no such engine; there are " + String.join(", ", known),
                    "send one of " + String.join(", ", known) + ", or leave it out");
        }
    }

    /**
     * The series of the request.
     *
     * @throws ProblemException when a name or label breaks a rule
     */
    public static Series series(PostedSeries posted, CurrentCaller current) {
        try {
            return posted.series(current.tenant());
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "/series",
                    "invalid_value",
                    String.valueOf(e.getMessage()),
                    "send names and labels within their limits");
        }
    }

    private DetectAnswer answer(
            DetectRequest request,
            DetectionPlan plan,
            Series series,
            JudgedSeries judged,
            TimeFormat format) {
        List<FoundAnomalyJson> results =
                judged.anomalies().stream()
                        .map(found ->
                                FoundAnomalyJson.of(
                                        found,
                                        explainer.explain(
                                                AnomalyPlace.of(series),
                                                found,
                                                List.of(),
                                                plan.settings().zone()),
                                        format))
                        .toList();
        return new DetectAnswer(
                judged.engine(),
                Optional.of(plan.engine()).filter(asked -> !asked.equals(judged.engine())),
                results,
                Columns.json(judged.anomalyScores()),
                Columns.json(judged.alarmScores()),
                request.bands().filter(wanted -> wanted).map(_ -> Columns.Band.of(judged)));
    }
}
