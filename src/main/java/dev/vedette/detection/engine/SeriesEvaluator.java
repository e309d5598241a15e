package dev.vedette.detection.engine;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Detection on one series: a detector, the tenant's settings, and the life cycle of an anomaly with
 * hysteresis. The one code path of live detection, {@code /detect}, {@code vedette score}, backtest
 * and backfill. Deterministic; not thread-safe.
 */
public interface SeriesEvaluator {
    /** What a point changed. */
    enum Change {
        /** No anomaly is open, or the open one is as it was. */
        NONE,
        /** An anomaly opened at this point. */
        OPENED,
        /** The open anomaly goes on: its end, peak or kind changed. */
        EXTENDED,
        /** The open anomaly ended before this point. */
        CLOSED
    }

    /**
     * Judges the next point.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00Z; one not after the last changes
     *     nothing
     * @param value finite, or NaN for a known gap
     * @return what it changed; {@link #anomaly()} then tells of which anomaly
     */
    Change update(long epochMillis, double value);

    /** Id of the engine that judges. */
    String engine();

    /** The verdict on the last point; overwritten by the next update. */
    Verdict verdict();

    /** The open anomaly, or the one that the last update closed; empty otherwise. */
    Optional<AnomalyResult> anomaly();

    /**
     * Time of the last point judged, milliseconds since 1970-01-01T00:00Z; {@link Long#MIN_VALUE}
     * before the first.
     */
    long lastEpochMillis();

    /**
     * When the first verdict is due, by the usual spacing of points, milliseconds since
     * 1970-01-01T00:00Z; empty before the first point and once there was a verdict.
     */
    OptionalLong warmAtMillis();

    /** The whole state: detector, open anomaly, last time. */
    byte[] snapshot();
}
