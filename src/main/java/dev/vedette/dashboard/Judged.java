package dev.vedette.dashboard;

/**
 * One point with what detection said of it.
 *
 * @param at when, milliseconds since 1970-01-01T00:00Z
 * @param value the observed value
 * @param expected the value expected there; NaN while learning
 * @param lower lower end of the usual range; NaN while learning
 * @param upper upper end of the usual range; NaN while learning
 * @param score anomaly score in [0,1]; 0 while learning
 */
public record Judged(
        long at, double value, double expected, double lower, double upper, double score) {
    /** Whether there was a usual range. */
    boolean hasBand() {
        return Double.isFinite(lower) && Double.isFinite(upper);
    }
}
