package dev.vedette.aggregation;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalySource;
import dev.vedette.explanation.Phrases;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns scores and open anomalies into a tenant's health. Pure. */
final class HealthAssessment {
    /** A cluster that sent nothing for so many steps of the trend is silent. */
    private static final int SILENT_STEPS = 2;

    private final HealthWords words;
    private final Instant now;
    private final Instant end;
    private final Duration step;

    /**
     * With the time of the words and of the trend's end.
     *
     * @param step width of a step of the trend
     */
    HealthAssessment(ZoneId zone, Instant now, Instant end, Duration step) {
        this.words = new HealthWords(Phrases.ENGLISH, zone);
        this.now = now;
        this.end = end;
        this.step = step;
    }

    /**
     * The health.
     *
     * @param trends of the clusters over the last day
     * @param sizes of the clusters that sent lately
     * @param open anomalies that are open now
     * @param last the newest anomaly
     */
    TenantHealth of(
            List<ScoreQueries.Trend> trends,
            List<ScoreQueries.ClusterSize> sizes,
            List<Anomaly> open,
            Optional<Anomaly> last,
            long series) {
        Map<String, ScoreQueries.ClusterSize> sizeOf =
                sizes.stream()
                        .collect(
                                Collectors.toMap(
                                        ScoreQueries.ClusterSize::clusterId, size -> size));
        List<TenantHealth.Cluster> clusters =
                trends.stream()
                        .map(trend -> cluster(trend, sizeOf, open))
                        .sorted(
                                Comparator.comparingDouble(TenantHealth.Cluster::score)
                                        .thenComparing(TenantHealth.Cluster::clusterId))
                        .toList();
        double score = clusters.stream().mapToDouble(TenantHealth.Cluster::score).min().orElse(1);
        HealthWords.TenantState state =
                new HealthWords.TenantState(
                        open.size(),
                        Math.toIntExact(series),
                        last.map(anomaly -> anomaly.result().windowStart()));
        return new TenantHealth(
                score, words.headline(state, now), series, open.size(), Optional.of(end), clusters);
    }

    private TenantHealth.Cluster cluster(
            ScoreQueries.Trend scores,
            Map<String, ScoreQueries.ClusterSize> sizes,
            List<Anomaly> allOpen) {
        String id = scores.clusterId();
        ScoreQueries.ClusterSize size =
                sizes.getOrDefault(id, new ScoreQueries.ClusterSize(id, 0, 0));
        List<Anomaly> open =
                allOpen.stream().filter(one -> one.place().clusterId().equals(id)).toList();
        int strange = (int) open.stream().map(one -> one.place().nodeId()).distinct().count();
        int known = Math.max(size.nodes(), strange);
        float[] trend = trend(scores);
        double anomalyScore = current(trend);
        HealthWords.ClusterState state =
                new HealthWords.ClusterState(
                        known,
                        strange,
                        HealthReader.worst(open).map(HealthAssessment::finding),
                        size.metrics(),
                        size.metrics(),
                        silentSince(trend));
        return new TenantHealth.Cluster(
                id,
                1 - anomalyScore,
                anomalyScore,
                id.equals(AnomalySource.PAYMENTS)
                        ? words.payments(size.nodes())
                        : words.cluster(state, now),
                known,
                strange,
                size.metrics(),
                open.size(),
                trend,
                step);
    }

    private static HealthWords.Finding finding(Anomaly anomaly) {
        return new HealthWords.Finding(
                anomaly.result().kind(),
                anomaly.place().metricName().orElse(""),
                anomaly.place().nodeId(),
                anomaly.result().observed() >= anomaly.result().expected());
    }

    private static float[] trend(ScoreQueries.Trend scores) {
        float[] trend = new float[scores.max().length];
        for (int i = 0; i < trend.length; i++) {
            // NaN, where nothing was judged, stays NaN.
            trend[i] = Math.max(scores.p95()[i], scores.max()[i] / 2);
        }
        return trend;
    }

    private static double current(float[] trend) {
        double current = 0;
        for (int i = Math.max(0, trend.length - 2); i < trend.length; i++) {
            current = Float.isNaN(trend[i]) ? current : Math.max(current, trend[i]);
        }
        return current;
    }

    private Optional<Instant> silentSince(float[] trend) {
        int last = trend.length - 1;
        while (last >= 0 && Float.isNaN(trend[last])) {
            last--;
        }
        Instant since = end.minus(step.multipliedBy(trend.length - 1L - last));
        return since.isBefore(now.minus(step.multipliedBy(SILENT_STEPS)))
                ? Optional.of(since)
                : Optional.empty();
    }
}
