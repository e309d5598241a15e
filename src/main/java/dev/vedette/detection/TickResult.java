package dev.vedette.detection;

import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What one tick of one shard stores, in one transaction.
 *
 * @param tick its number, one more than the shard's last
 * @param watermark how far it read; stored with the tick, so that a replay cuts the log at the same
 *     places
 * @param anomalies opened, extended or closed, latest state
 * @param buckets score buckets touched, latest state
 * @param late points that came too late to be judged
 * @param priors of series that had their first point
 * @param traces where a trace goes on with an anomaly, by its id; only of recorded requests
 * @param levels of nodes, of the five minutes that ended
 * @param checkpoint present when this tick also stores detector states and point blocks
 */
public record TickResult(
        long tick,
        Watermark watermark,
        List<Anomaly> anomalies,
        List<ScoreBucket> buckets,
        List<LateStretch> late,
        List<SeriesPrior> priors,
        Map<UUID, SpanContext> traces,
        List<NodeLevels> levels,
        Optional<Checkpoint> checkpoint) {
    /** One without late points, priors, traces and levels. */
    public TickResult(
            long tick,
            Watermark watermark,
            List<Anomaly> anomalies,
            List<ScoreBucket> buckets,
            Optional<Checkpoint> checkpoint) {
        this(
                tick,
                watermark,
                anomalies,
                buckets,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                checkpoint);
    }
}
