package dev.vedette.detection.engine;

/**
 * An engine that judges points better when it is handed all of them at once. Point by point, too,
 * as every engine.
 */
public interface WholeSeriesEngine extends DetectionEngine {
    /**
     * An evaluator for exactly those points, to be handed to it in that order. May take long and
     * may block; its snapshot must not be taken.
     *
     * @param epochMillis strictly increasing, milliseconds since 1970-01-01T00:00Z
     * @param values of the same length, finite or NaN for a known gap
     */
    SeriesEvaluator judging(DetectionSettings settings, long[] epochMillis, double[] values);
}
