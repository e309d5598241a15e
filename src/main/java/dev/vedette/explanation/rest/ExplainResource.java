package dev.vedette.explanation.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.detection.JudgedSeries;
import dev.vedette.detection.PointJudge;
import dev.vedette.detection.engine.AnomalyExplanation;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.rest.DetectResource;
import dev.vedette.detection.rest.FoundAnomalyJson;
import dev.vedette.detection.rest.PostedSeries;
import dev.vedette.detection.rest.PostedSettings;
import dev.vedette.explanation.Classification;
import dev.vedette.explanation.Explainer;
import dev.vedette.explanation.ExplanationClassifier;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.series.MetricSeries;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Explains a window of points that are sent along and stored nowhere. */
@Path("/api/v1/explain")
@Tag(name = "Detection")
public class ExplainResource {
    private final CurrentCaller current;
    private final PointJudge judge;
    private final EngineRegistry engines;
    private final Explainer explainer;
    private final ExplanationClassifier classifier = new ExplanationClassifier();

    ExplainResource(
            CurrentCaller current, PointJudge judge, EngineRegistry engines, Explainer explainer) {
        this.current = current;
        this.judge = judge;
        this.engines = engines;
        this.explainer = explainer;
    }

    /**
     * What to explain.
     *
     * @param engine id of the engine; the live one when left out
     * @param window the stretch that is asked about; points before it teach what is usual
     */
    @Schema(name = "ExplainRequest")
    public record ExplainRequest(
            @Schema(examples = {"ensemble", "seasonal", "isolation-forest"})
                    Optional<String> engine,
            Optional<PostedSettings> config,
            PostedSeries series,
            Window window) {}

    /**
     * A stretch of time, both ends inclusive.
     *
     * @param start RFC 3339 or epoch milliseconds
     * @param end the same
     */
    @Schema(name = "Window")
    public record Window(
            @Schema(examples = "2026-11-21T08:00:00Z") String start,
            @Schema(examples = "2026-11-21T08:30:00Z") String end) {
        TimeRange range() {
            Instant from = TimeParameters.time("start", Optional.of(start)).orElseThrow();
            Instant to = TimeParameters.time("end", Optional.of(end)).orElseThrow();
            if (to.isBefore(from)) {
                throw ProblemException.invalid(
                        "/window/end", "before_start", "end is before start", "swap them");
            }
            return new TimeRange(from, to.plusMillis(1));
        }
    }

    /**
     * Why.
     *
     * @param label the coarse label; normal when nothing there is strange
     * @param kind the finer kind
     * @param text in plain words
     * @param confidence in [0,1]
     * @param evidence strongest first
     * @param anomaly the strongest anomaly that touches the window
     */
    @Schema(name = "Explanation")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ExplanationJson(
            @JsonProperty("anomaly_label") @Schema(examples = "trend") String label,
            @Schema(examples = "level_shift") String kind,
            String text,
            double confidence,
            List<AnomalyExplanation.Evidence> evidence,
            Optional<FoundAnomalyJson> anomaly) {}

    /** Explains the window. */
    @POST
    @RolesAllowed("viewer")
    @Operation(summary = "Explain a window of the points sent", operationId = "explain")
    public Uni<ExplanationJson> explain(
            @NotNull ExplainRequest request,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        request.window().range(); // refused before anything is judged
        TenantId tenant = current.tenant();
        DetectResource.requireEngine(request.engine(), engines);
        return judge.plan(DetectResource.series(request.series(), current))
                .map(live -> DetectResource.plan(live, request.engine(), request.config()))
                .chain(plan ->
                        judge.judge(plan.engine(), plan.settings(), request.series().columns())
                                .map(judged ->
                                        answer(request, tenant, plan.settings(), judged, format)));
    }

    private ExplanationJson answer(
            ExplainRequest request,
            TenantId tenant,
            DetectionSettings settings,
            JudgedSeries judged,
            TimeFormat format) {
        TimeRange window = request.window().range();
        MetricSeries series = request.series().metricSeries(tenant);
        return strongest(judged, window)
                .map(found -> ofAnomaly(series, found, settings, format))
                .orElseGet(() -> ofWindow(judged, window));
    }

    private static Optional<AnomalyResult> strongest(JudgedSeries judged, TimeRange window) {
        return judged.anomalies().stream()
                .filter(one ->
                        one.windowStart().isBefore(window.to())
                                && !one.windowEnd().isBefore(window.from()))
                .max(Comparator.comparingDouble(AnomalyResult::anomalyScore));
    }

    private ExplanationJson ofAnomaly(
            MetricSeries series,
            AnomalyResult found,
            DetectionSettings settings,
            TimeFormat format) {
        AnomalyExplanation why = explainer.explain(series, found, settings.zone());
        return new ExplanationJson(
                why.label().label(),
                why.kind().label(),
                why.text(),
                why.confidence(),
                why.evidence(),
                Optional.of(FoundAnomalyJson.of(found, why.text(), format)));
    }

    private ExplanationJson ofWindow(JudgedSeries judged, TimeRange window) {
        int from = index(judged, window.from());
        int to = index(judged, window.to());
        Classification looks =
                classifier.classify(
                        Arrays.copyOfRange(judged.values(), from, to),
                        Arrays.copyOfRange(judged.expected(), from, to),
                        Arrays.copyOfRange(judged.lower(), from, to),
                        Arrays.copyOfRange(judged.upper(), from, to));
        double peak = Arrays.stream(judged.anomalyScores(), from, to).max().orElse(0);
        return new ExplanationJson(
                looks.kind().type().label(),
                looks.kind().label(),
                words(judged, from, to, peak),
                looks.confidence(),
                List.of(),
                Optional.empty());
    }

    private static String words(JudgedSeries judged, int from, int to, double peak) {
        if (from == to) {
            return "There are no points in the window.";
        }
        boolean isWarm = Arrays.stream(judged.expected(), from, to).anyMatch(Double::isFinite);
        return isWarm
                ? String.format(
                        java.util.Locale.ROOT,
                        "No anomaly in the window; its %d points reach a score of %.2f.",
                        to - from,
                        peak)
                : "Too few points before the window to tell what is usual.";
    }

    private static int index(JudgedSeries judged, Instant time) {
        int at = Arrays.binarySearch(judged.epochMillis(), time.toEpochMilli());
        return at < 0 ? -at - 1 : at;
    }
}
