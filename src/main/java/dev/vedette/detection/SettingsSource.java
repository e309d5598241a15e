package dev.vedette.detection;

import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;

/**
 * What was set for the detection of series and nodes, by revision: a tick is judged by one revision
 * and says by which, so that a replay judges by the same. Blocking, as it may have to read; answers
 * from memory nearly always. Thread-safe.
 *
 * @see Watermark#settings()
 */
public interface SettingsSource {
    /** All settings as of one revision; its answers never change. */
    interface Revision {
        /** Its number; 0 before the first change ever. */
        long number();

        /** How that series is judged. */
        DetectionPlan of(Series series);

        /** The score from which an anomaly of that node as a whole opens, in (0,1]. */
        double ofWhole(NodeKey node);
    }

    /**
     * The newest settings, at most about a second old.
     *
     * @param atLeast a revision that was used already: an older one is not answered
     * @throws dev.vedette.ingestion.StorageUnavailableException when they cannot be read
     */
    Revision latest(long atLeast);

    /**
     * The settings as they were.
     *
     * @throws dev.vedette.ingestion.StorageUnavailableException when they cannot be read
     */
    Revision asOf(long number);
}
