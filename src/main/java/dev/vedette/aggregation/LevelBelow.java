package dev.vedette.aggregation;

import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/** Makes one score of the scores one level below; each weighs by its number of metrics. */
final class LevelBelow {
    private LevelBelow() {}

    static AggregatedAnomalyScore combine(
            TenantId tenant,
            Optional<String> cluster,
            AggregationStrategy strategy,
            TimeRange window,
            List<AggregatedAnomalyScore> below) {
        double[] scores = new double[below.size()];
        double[] weights = new double[scores.length];
        int metrics = 0;
        int anomalies = 0;
        for (int i = 0; i < scores.length; i++) {
            AggregatedAnomalyScore part = below.get(i);
            if (!part.tenantId().equals(tenant)
                    || part.strategy() != strategy
                    || !part.window().equals(window)) {
                throw new IllegalArgumentException(
                        "scores must share tenant, strategy and window ("
                                + String.join(
                                        ", ", tenant.value(), strategy.label(), window.toString())
                                + "), one is "
                                + part);
            }
            scores[i] = part.aggregateScore();
            weights[i] = part.numMetricsAnalyzed();
            metrics += part.numMetricsAnalyzed();
            anomalies += part.numAnomaliesDetected();
        }
        return new AggregatedAnomalyScore(
                tenant,
                cluster,
                Optional.empty(),
                strategy,
                strategy.aggregate(scores, weights),
                metrics,
                anomalies,
                window);
    }
}
