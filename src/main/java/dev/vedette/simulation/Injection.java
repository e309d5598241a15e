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
 * @param inverse of a level shift or trend: downwards; of a broken season: missing instead of late;
 *     of the others without meaning
 */
public record Injection(
        InjectedKind kind,
        InjectedSeverity severity,
        long fromMillis,
        long toMillis,
        boolean inverse) {
    static final long HALF_A_DAY = Duration.ofHours(12).toMillis();

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

    /** One upwards, or of a season late. */
    public Injection(InjectedKind kind, InjectedSeverity severity, long fromMillis, long toMillis) {
        this(kind, severity, fromMillis, toMillis, false);
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
     * @param spread the series' spread, by which it is sized
     * @param undisturbed the series without anomalies
     */
    double apply(long key, long epochMillis, double value, double spread, Undisturbed undisturbed) {
        double size = severity.spreads() * spread;
        double shift = inverse ? -size : size;
        double progress = (double) (epochMillis - fromMillis) / (toMillis - fromMillis);
        return switch (kind) {
            case SPIKE -> value + size;
            case LEVEL_SHIFT -> value + shift;
            case DIP -> value - size;
            // Twice the size at its end, so that half of the window is as far out as a shift.
            case TREND -> value + 2 * shift * progress;
            case VARIANCE ->
                    value + size / 2 * Noise.normal(Noise.split(key, fromMillis), epochMillis);
            case FLATLINE -> undisturbed.at(fromMillis);
            case MISSING -> Double.NaN;
            case SEASONAL ->
                    inverse
                            ? day(epochMillis, undisturbed)
                            : undisturbed.at(epochMillis - HALF_A_DAY);
        };
    }

    /** The mean of the day: four values a quarter of it apart cancel its first two harmonics. */
    private static double day(long epochMillis, Undisturbed undisturbed) {
        double sum = 0;
        for (int quarter = 0; quarter < 4; quarter++) {
            sum += undisturbed.at(epochMillis - quarter * HALF_A_DAY / 2);
        }
        return sum / 4;
    }
}
