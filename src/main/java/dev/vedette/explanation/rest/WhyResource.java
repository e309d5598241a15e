package dev.vedette.explanation.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vedette.detection.JudgedMoment;
import dev.vedette.detection.PointJudge;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.rest.Ranges;
import dev.vedette.detection.rest.SeriesFilters;
import dev.vedette.explanation.Phrases;
import dev.vedette.explanation.Why;
import dev.vedette.explanation.WhyWords;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.series.Series;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why there is an anomaly at a time, or why there is none. */
@Path("/api/v1/why")
@Tag(name = "Detection")
public class WhyResource {
    private final CurrentCaller current;
    private final SeriesDirectory directory;
    private final PointJudge judge;
    private final InstantSource clock;
    private final WhyWords words = new WhyWords(Phrases.ENGLISH);

    WhyResource(
            CurrentCaller current,
            SeriesDirectory directory,
            PointJudge judge,
            InstantSource clock) {
        this.current = current;
        this.directory = directory;
        this.judge = judge;
        this.clock = clock;
    }

    /**
     * The answer.
     *
     * @param at the moment asked for
     * @param state where the series stood
     * @param text the answer in one sentence
     * @param engine id of the engine that judges it
     * @param time of its last point then; absent without one
     * @param value of that point; absent without one and for a known gap
     * @param expected what was expected; absent while nothing is, as the next two
     * @param lower lower end of the usual range
     * @param upper upper end of the usual range
     * @param alarmScore of the point, in [0,1]
     * @param threshold from which an anomaly opens
     * @param readyAt when the first verdict is due, while learning
     * @param checks what the point was asked, in order; empty when it was not judged
     * @param firesAbove the least value above the usual range at which an anomaly would have opened
     * @param firesBelow the same below it
     */
    @Schema(name = "Why")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record WhyJson(
            ApiTime at,
            @Schema(
                            enumeration = {
                                "no_data",
                                "silent",
                                "gap",
                                "warming_up",
                                "anomaly",
                                "inside_band",
                                "other_side",
                                "below_gate",
                                "below_threshold"
                            })
                    String state,
            String text,
            String engine,
            Optional<ApiTime> time,
            OptionalDouble value,
            OptionalDouble expected,
            OptionalDouble lower,
            OptionalDouble upper,
            OptionalDouble alarmScore,
            double threshold,
            Optional<ApiTime> readyAt,
            List<CheckJson> checks,
            OptionalDouble firesAbove,
            OptionalDouble firesBelow) {
        static WhyJson of(JudgedMoment moment, Why why, TimeFormat format) {
            JudgedMoment.Numbers verdict = moment.verdict();
            OptionalDouble expected = finite(verdict.expected());
            return new WhyJson(
                    new ApiTime(moment.at(), format),
                    why.standing().label(),
                    why.sentence(),
                    moment.plan().engine(),
                    moment.time().map(time -> new ApiTime(time, format)),
                    finite(moment.value()),
                    expected,
                    finite(verdict.lower()),
                    finite(verdict.upper()),
                    expected.isPresent() ? finite(verdict.alarmScore()) : expected,
                    moment.plan().settings().threshold(),
                    moment.warmAt().map(time -> new ApiTime(time, format)),
                    why.checks().stream()
                            .map(one ->
                                    new CheckJson(one.gate(), one.outcome().label(), one.text()))
                            .toList(),
                    moment.firesAbove(),
                    moment.firesBelow());
        }

        private static OptionalDouble finite(double value) {
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
    }

    /** One thing the point was asked. */
    @Schema(name = "WhyCheck")
    public record CheckJson(
            @Schema(enumeration = {"band", "side", "deviation", "score"}) String check,
            @Schema(enumeration = {"passed", "stopped", "would_pass", "would_stop"}) String outcome,
            String text) {}

    /** Answers for one series. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell why there is an anomaly at a time, or why there is none",
            operationId = "why",
            description =
                    "Judges the 15 days before by the code of live detection, and tells of the last"
                            + " point what it was asked and what would have opened an anomaly.")
    public Uni<WhyJson> why(
            @QueryParam("cluster_id") @Parameter(required = true, example = "edge")
                    Optional<String> clusterId,
            @QueryParam("node_id") @Parameter(required = true, example = "api-05")
                    Optional<String> nodeId,
            @QueryParam("metric_name") @Parameter(required = true, example = "cpu_percent")
                    Optional<String> metricName,
            @QueryParam("at") @Parameter(description = "Now when left out") Optional<String> at,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat,
            @Context UriInfo uri) {
        SeriesDirectory.Filter filter =
                SeriesFilters.of(
                        Ranges.required("cluster_id", clusterId),
                        Ranges.required("node_id", nodeId),
                        Ranges.required("metric_name", metricName),
                        uri);
        TimeFormat format = TimeFormat.of(timeFormat);
        Instant moment = TimeParameters.time("at", at).orElseGet(clock::instant);
        return directory
                .list(current.tenant(), filter, 0, 2)
                .map(found -> only(found, metricName.orElse("")))
                .chain(series ->
                        judge.moment(series, moment)
                                .map(judged ->
                                        WhyJson.of(
                                                judged,
                                                words.say(
                                                        series,
                                                        judged,
                                                        judged.plan().settings().zone()),
                                                format)));
    }

    private static Series only(List<Series> found, String metric) {
        if (found.isEmpty()) {
            throw ProblemException.notFound("series", metric);
        }
        if (found.size() > 1) {
            throw ProblemException.invalid(
                    "?metric_name",
                    "too_many_series",
                    "more than one series fits",
                    "tell them apart by label.<name>=<value>");
        }
        return found.getFirst();
    }
}
