package dev.vedette.detection;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a reader has come in one shard's log: the last sequence number it read in each lane.
 * Lanes have no order among them, so this vector, and nothing less, says what was read. Immutable.
 *
 * @param lanes lane id to last sequence number read
 */
public record Watermark(SortedMap<Long, Long> lanes) {
    /** Nothing read yet. */
    public static final Watermark START = new Watermark(new TreeMap<>());

    /** Copies. */
    public Watermark {
        lanes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(lanes));
    }

    /** The watermark of those lanes. */
    public static Watermark of(Map<Long, Long> lanes) {
        return new Watermark(new TreeMap<>(lanes));
    }

    /** The last number read in that lane; 0 before the first. */
    public long seq(long lane) {
        return lanes.getOrDefault(lane, 0L);
    }
}
