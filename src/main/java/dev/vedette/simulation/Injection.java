package dev.vedette.simulation;

import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.time.Instant;

/**
 * One anomaly put into one series.
 *
 * @param kind what is wrong
 * @param severity how much
 * @param fromMillis its first moment, milliseconds since 1970-01-01T00:00Z
 * @param toMillis its end, exclusive, after {@code fromMillis}
 */
public record Injection(
        InjectedKind kind, InjectedSeverity severity, long fromMillis, long toMillis) {
    private static final long HALF_A_DAY = Duration.ofHours(12).toMillis();

    /** A value without anomaly, at any time. */
    @FunctionalInterface
    interface Undisturbed {
        double at(long epochMillis);
    }

    /**
     * Validates the window.
     *
     * @throws IllegalArgumentException when it does not end after its start
     */
    public Injection {
        if (toMillis <= fromMillis) {
            throw new IllegalArgumentException(
                    "injection must end after its start, is " + fromMillis + " to " + toMillis);
        }
    }

    /** Whether the moment lies in its window. */
    public boolean covers(long epochMillis) {
        return epochMillis >= fromMillis && epochMillis < toMillis;
    }

    /** Its window. */
    public TimeRange window() {
        return new TimeRange(Instant.ofEpochMilli(fromMillis), Instant.ofEpochMilli(toMillis));
    }

    /**
     * The value at a moment in its window; NaN for no point.
     *
     * @param key the series' stream of randomness
     * @param value the value so far
     * @param spread standard deviation of the series' noise
     * @param undisturbed the series without anomalies
     */
    double apply(long key, long epochMillis, double value, double spread, Undisturbed undisturbed) {
        double size = severity.spreads() * spread;
        double progress = (double) (epochMillis - fromMillis) / (toMillis - fromMillis);
        return switch (kind) {
            case SPIKE, LEVEL_SHIFT -> value + size;
            case DIP -> value - size;
            // Twice the size at its end, so that half of the window is as far out as a shift.
            case TREND -> value + 2 * size * progress;
            case VARIANCE ->
                    value + size / 2 * Noise.normal(Noise.split(key, fromMillis), epochMillis);
            case FLATLINE -> undisturbed.at(fromMillis);
            case MISSING -> Double.NaN;
            case SEASONAL -> undisturbed.at(epochMillis - HALF_A_DAY);
        };
    }
}
