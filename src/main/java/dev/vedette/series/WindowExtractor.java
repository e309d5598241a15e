package dev.vedette.series;

import java.util.List;

/**
 * Cuts a series into windows. Pure and deterministic: the same series gives the same windows.
 *
 * <p>What all extractors hold to:
 *
 * <ul>
 *   <li>windows come oldest first, and none is empty: a series without points has none;
 *   <li>at the end of the series comes at most one partial window, and only if it holds a point
 *       that no whole window holds; so a series shorter than a window is one partial window;
 *   <li>with a stride above the size, the points between two windows belong to none.
 * </ul>
 */
@FunctionalInterface
public interface WindowExtractor {
    /** The windows of that series, oldest first. */
    List<Window> extract(MetricSeries series);
}
