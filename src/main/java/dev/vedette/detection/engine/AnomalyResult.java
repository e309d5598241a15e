package dev.vedette.detection.engine;

import java.time.Instant;
import java.util.Map;

/**
 * One anomaly on one series: a run of anomalous points, open or closed. Numbers describe its
 * strongest point.
 *
 * @param windowStart time of its first point; with the series it identifies the anomaly
 * @param windowEnd time of its last point so far that left its band or stood still, not before the
 *     start
 * @param peakAt time of its strongest point: the one farthest outside its band
 * @param open whether it goes on
 * @param anomalyScore highest score, in [0,1]
 * @param kind what it is; its {@link AnomalyKind#type()} is the label
 * @param magnitude how large against the usual range, in [0,1): d/(1+d) with d the distance from
 *     the expected value in widths of the usual range
 * @param confidence how sure, in [0,1]
 * @param observed value at the strongest point
 * @param expected value that was expected there
 * @param lower lower end of the usual range there
 * @param upper upper end of the usual range there
 * @param points how many anomalous points it has so far, at least 1
 * @param evidence strength of each evidence channel at the strongest point, by name
 */
public record AnomalyResult(
        Instant windowStart,
        Instant windowEnd,
        Instant peakAt,
        boolean open,
        double anomalyScore,
        AnomalyKind kind,
        double magnitude,
        double confidence,
        double observed,
        double expected,
        double lower,
        double upper,
        int points,
        Map<String, Double> evidence) {
    /**
     * Validates the ranges and copies the evidence.
     *
     * @throws IllegalArgumentException when a number is out of its range; the message holds it
     */
    public AnomalyResult {
        requireShare("anomaly score", anomalyScore);
        requireShare("magnitude", magnitude);
        requireShare("confidence", confidence);
        if (windowEnd.isBefore(windowStart)) {
            throw new IllegalArgumentException(
                    "anomaly must not end before it starts, is "
                            + windowStart
                            + " to "
                            + windowEnd);
        }
        if (points < 1) {
            throw new IllegalArgumentException("anomaly must have at least 1 point, has " + points);
        }
        evidence = Map.copyOf(evidence);
    }

    /** The coarse label. */
    public AnomalyType label() {
        return kind.type();
    }

    /** How urgent. */
    public Severity severity() {
        return Severity.of(anomalyScore);
    }

    /** The same, over. */
    public AnomalyResult closed() {
        return new AnomalyResult(
                windowStart,
                windowEnd,
                peakAt,
                false,
                anomalyScore,
                kind,
                magnitude,
                confidence,
                observed,
                expected,
                lower,
                upper,
                points,
                evidence);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be in [0,1], is " + value);
        }
    }
}
