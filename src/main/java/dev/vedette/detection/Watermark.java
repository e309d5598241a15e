package dev.vedette.detection;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a reader has come in one shard's log: the last sequence number it read in each lane.
 * Lanes have no order among them, so this vector, and nothing less, says what was read. Immutable.
 *
 * <p>What was set for detection is a lane too, number {@value #SETTINGS}, which no writer has: its
 * number says by which revision of the thresholds the tick was judged.
 *
 * @param lanes lane id to last sequence number read
 */
public record Watermark(SortedMap<Long, Long> lanes) {
    /** The lane of the settings; writers' lanes start at 1. */
    public static final long SETTINGS = 0;

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

    /** The revision of the settings that points were judged by; 0 before the first change. */
    public long settings() {
        return seq(SETTINGS);
    }

    /** The same place in the log, judged by that revision of the settings. */
    Watermark withSettings(long revision) {
        if (revision == settings()) {
            return this;
        }
        TreeMap<Long, Long> moved = new TreeMap<>(lanes);
        moved.put(SETTINGS, revision);
        return new Watermark(moved);
    }
}
