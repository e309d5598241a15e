package dev.vedette.aggregation.rest;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.rest.Choices;
import dev.vedette.detection.rest.Ranges;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeParameters;
import dev.vedette.series.TimeRange;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * The parameters that the queries of scores share.
 *
 * @param level metric, node, cluster, tenant, merchant or source
 * @param strategy max, mean, weighted or p95
 */
public record ScoreParameters(
        @QueryParam("level")
                @DefaultValue("node")
                @Parameter(
                        example = "node",
                        description =
                                "metric, node (of payments: account), cluster, tenant, merchant or"
                                        + " source")
                String level,
        @QueryParam("cluster_id") @Parameter(example = "edge") Optional<String> clusterId,
        @QueryParam("node_id") @Parameter(example = "api-05") Optional<String> nodeId,
        @QueryParam("metric_name") Optional<String> metricName,
        @QueryParam("from") Optional<String> from,
        @QueryParam("to") Optional<String> to,
        @QueryParam("strategy") @DefaultValue("max") @Parameter(example = "max") String strategy,
        @QueryParam("source")
                @Parameter(
                        example = "metric",
                        description =
                                "metric or transaction; at level=tenant what that source alone"
                                        + " amounts to, as level=source")
                Optional<String> source) {

    /**
     * The question, its range widened to whole buckets.
     *
     * @param usual how long the range is when from and to are left out
     * @param longest longest range
     */
    ScoreQueries.Question question(Instant now, Duration usual, Duration longest) {
        TimeRange range =
                Ranges.of(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        now,
                        usual);
        Ranges.requireAtMost(range, longest, "ask for a shorter range");
        ScoreLevel asked = Choices.of("level", level, ScoreLevel.values());
        if (metricName.isPresent() && asked != ScoreLevel.METRIC) {
            throw ProblemException.invalid(
                    "?metric_name",
                    "not_at_this_level",
                    "metric_name goes with level=metric only",
                    "leave it out or send level=metric");
        }
        Optional<AnomalySource> found =
                source.map(text -> Choices.of("source", text, AnomalySource.values()));
        if (asked == ScoreLevel.METRIC && found.equals(Optional.of(AnomalySource.TRANSACTION))) {
            throw ProblemException.invalid(
                    "?source",
                    "not_at_this_level",
                    "payments have no metrics",
                    "send level=node for accounts, or level=merchant");
        }
        boolean isPart = asked == ScoreLevel.TENANT && found.isPresent();
        return new ScoreQueries.Question(
                isPart ? ScoreLevel.SOURCE : asked,
                isPart ? found.map(AnomalySource::label) : clusterId,
                nodeId,
                metricName,
                Choices.of("strategy", strategy, AggregationStrategy.values()),
                ScoreBucket.around(range),
                asked == ScoreLevel.SOURCE || isPart ? Optional.empty() : found);
    }
}
