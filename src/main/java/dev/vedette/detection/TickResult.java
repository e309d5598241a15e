package dev.vedette.detection;

import java.util.List;
import java.util.Optional;

/**
 * What one tick of one shard stores, in one transaction.
 *
 * @param tick its number, one more than the shard's last
 * @param watermark how far it read; stored with the tick, so that a replay cuts the log at the same
 *     places
 * @param anomalies opened, extended or closed, latest state
 * @param buckets score buckets touched, latest state
 * @param late points that came too late to be judged
 * @param checkpoint present when this tick also stores detector states and point blocks
 */
public record TickResult(
        long tick,
        Watermark watermark,
        List<Anomaly> anomalies,
        List<ScoreBucket> buckets,
        List<LateStretch> late,
        Optional<Checkpoint> checkpoint) {
    /** One without late points. */
    public TickResult(
            long tick,
            Watermark watermark,
            List<Anomaly> anomalies,
            List<ScoreBucket> buckets,
            Optional<Checkpoint> checkpoint) {
        this(tick, watermark, anomalies, buckets, List.of(), checkpoint);
    }
}
