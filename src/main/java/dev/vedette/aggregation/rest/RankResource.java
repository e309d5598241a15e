package dev.vedette.aggregation.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.series.TimeRange;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The strangest nodes, clusters or metrics. */
@Path("/api/v1/rank")
@Tag(name = "Scores")
public class RankResource {
    private static final int MOST = 1000;

    private final CurrentCaller current;
    private final ScoreQueries scores;
    private final InstantSource clock;

    RankResource(CurrentCaller current, ScoreQueries scores, InstantSource clock) {
        this.current = current;
        this.scores = scores;
        this.clock = clock;
    }

    /**
     * A ranking.
     *
     * @param items the strangest first
     */
    @Schema(name = "Ranking")
    public record RankingJson(
            String level,
            @JsonProperty("aggregation_strategy") String strategy,
            ApiTime from,
            ApiTime to,
            List<RankedJson> items) {}

    /**
     * One place of a ranking: its worst five minutes of the range.
     *
     * @param rank from 1
     */
    @Schema(name = "Ranked")
    public record RankedJson(
            int rank,
            @JsonProperty("tenant_id") String tenantId,
            @JsonProperty("cluster_id") Optional<String> clusterId,
            @JsonProperty("node_id") Optional<String> nodeId,
            @JsonProperty("metric_name") Optional<String> metricName,
            Map<String, String> labels,
            @JsonProperty("aggregate_score") double aggregateScore,
            @JsonProperty("num_metrics_analyzed") int numMetricsAnalyzed,
            @JsonProperty("num_anomalies_detected") int numAnomaliesDetected,
            @JsonProperty("worst_at") ApiTime worstAt,
            @JsonProperty("leading_node_id") Optional<String> leadingNodeId,
            @JsonProperty("leading_metric_name") Optional<String> leadingMetricName) {
        static RankedJson of(
                int rank, TenantId tenant, ScoreQueries.Ranked ranked, TimeFormat format) {
            return new RankedJson(
                    rank,
                    tenant.value(),
                    ranked.place().clusterId(),
                    ranked.place().nodeId(),
                    ranked.place().metricName(),
                    ranked.place().labels().pairs(),
                    ranked.score(),
                    ranked.numMetricsAnalyzed(),
                    ranked.numAnomaliesDetected(),
                    new ApiTime(ranked.worstAt(), format),
                    ranked.leadingNode(),
                    ranked.leadingMetric());
        }
    }

    /** Ranks places by their worst five minutes of the range. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Rank nodes, clusters or metrics",
            operationId = "rank",
            description = "The last hour when from and to are left out")
    public Uni<RankingJson> rank(
            @BeanParam ScoreParameters parameters,
            @QueryParam("top") @DefaultValue("10") int top,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        ScoreQueries.Question question =
                parameters.question(clock.instant(), Duration.ofHours(1), Duration.ofDays(31));
        return scores.rank(tenant, question, requireTop(top))
                .map(found -> ranking(tenant, question, found, format));
    }

    /** Refuses a number of places that is out of range. */
    static int requireTop(int top) {
        if (top < 1 || top > MOST) {
            throw ProblemException.invalid(
                    "?top",
                    "out_of_range",
                    "top must be 1 to " + MOST + ", is " + top,
                    "send a number in the range");
        }
        return top;
    }

    private static RankingJson ranking(
            TenantId tenant,
            ScoreQueries.Question question,
            List<ScoreQueries.Ranked> found,
            TimeFormat format) {
        List<RankedJson> items = new java.util.ArrayList<>();
        for (ScoreQueries.Ranked one : found) {
            items.add(RankedJson.of(items.size() + 1, tenant, one, format));
        }
        TimeRange range = question.range();
        return new RankingJson(
                question.level().label(),
                question.strategy().label(),
                new ApiTime(range.from(), format),
                new ApiTime(range.to(), format),
                items);
    }
}
