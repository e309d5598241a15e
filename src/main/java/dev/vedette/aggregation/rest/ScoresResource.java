package dev.vedette.aggregation.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.rest.Ranges;
import dev.vedette.http.ApiDescription;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Scores over time: the heat map. */
@Path("/api/v1/scores")
@Tag(name = "Scores")
public class ScoresResource {
    private static final int MOST_STEPS = 2_500;

    private final CurrentCaller current;
    private final ScoreQueries scores;
    private final InstantSource clock;

    ScoresResource(CurrentCaller current, ScoreQueries scores, InstantSource clock) {
        this.current = current;
        this.scores = scores;
        this.clock = clock;
    }

    /**
     * Scores over time.
     *
     * @param start start of the first step
     * @param steps how many steps every lane has
     * @param lanes the strangest first
     */
    @Schema(name = "Scores")
    public record ScoresJson(
            String level,
            @JsonProperty("aggregation_strategy") String strategy,
            ApiTime start,
            @JsonProperty("step_seconds") long stepSeconds,
            int steps,
            List<LaneJson> lanes) {}

    /**
     * The scores of one place.
     *
     * @param scores highest score in each step; null where nothing was judged
     * @param anomalies most anomalies open in each step
     */
    @Schema(name = "Lane")
    public record LaneJson(
            @JsonProperty("cluster_id") Optional<String> clusterId,
            @JsonProperty("node_id") Optional<String> nodeId,
            @JsonProperty("metric_name") Optional<String> metricName,
            Map<String, String> labels,
            @JsonRawValue @Schema(ref = ApiDescription.NUMBERS) String scores,
            List<Integer> anomalies) {
        static LaneJson of(ScoreQueries.Lane lane) {
            return new LaneJson(
                    lane.place().clusterId(),
                    lane.place().nodeId(),
                    lane.place().metricName(),
                    lane.place().labels().pairs(),
                    ScoreColumns.json(lane.scores()),
                    Arrays.stream(lane.anomalies()).boxed().toList());
        }
    }

    /** Reads scores over time. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Read scores over time",
            operationId = "readScores",
            description = "The last 24 hours when from and to are left out; step is 5m or wider")
    public Uni<ScoresJson> read(
            @BeanParam ScoreParameters parameters,
            @QueryParam("step") @DefaultValue("15m") String step,
            @QueryParam("top") @DefaultValue("100") int top,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        ScoreQueries.Question question =
                parameters.question(clock.instant(), Duration.ofDays(1), Duration.ofDays(93));
        Duration width = width(step);
        Ranges.requireSteps(question.range(), width, MOST_STEPS);
        return scores.lanes(tenant, question, width, RankResource.requireTop(top))
                .map(lanes -> answer(question, width, lanes, format));
    }

    private static Duration width(String step) {
        Duration width = TimeParameters.duration("step", Optional.of(step)).orElseThrow();
        if (width.toMillis() % ScoreBucket.WIDTH.toMillis() != 0) {
            throw ProblemException.invalid(
                    "?step",
                    "not_whole_buckets",
                    "step must be a multiple of 5m, is " + width,
                    "send 5m, 15m, 1h or another multiple of 5m");
        }
        return width;
    }

    private static ScoresJson answer(
            ScoreQueries.Question question,
            Duration width,
            List<ScoreQueries.Lane> lanes,
            TimeFormat format) {
        long steps = Math.ceilDiv(question.range().duration().toMillis(), width.toMillis());
        return new ScoresJson(
                question.level().label(),
                question.strategy().label(),
                new ApiTime(question.range().from(), format),
                width.toSeconds(),
                Math.toIntExact(steps),
                lanes.stream().map(LaneJson::of).toList());
    }
}
