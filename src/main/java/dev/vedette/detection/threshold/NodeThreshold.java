package dev.vedette.detection.threshold;

import dev.vedette.detection.threshold.EffectiveSettings.Origin;

/**
 * What holds for a node as a whole, and why.
 *
 * @param threshold score from which an anomaly of the node opens, in (0,1]
 * @param origin where it came from
 */
public record NodeThreshold(double threshold, Origin origin) {}
