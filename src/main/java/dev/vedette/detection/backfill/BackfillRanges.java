package dev.vedette.detection.backfill;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.series.TimeRange;
import java.time.Instant;

/** Ranges of backfills. */
public final class BackfillRanges {
    private BackfillRanges() {}

    /** The score buckets that a range touches, whole. */
    public static TimeRange wholeBuckets(Instant from, Instant to) {
        long width = ScoreBucket.WIDTH.toMillis();
        return new TimeRange(
                Instant.ofEpochMilli(Math.floorDiv(from.toEpochMilli(), width) * width),
                Instant.ofEpochMilli(Math.ceilDiv(to.toEpochMilli(), width) * width));
    }
}
