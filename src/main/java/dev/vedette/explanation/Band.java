package dev.vedette.explanation;

import dev.vedette.detection.engine.AnomalyResult;

/**
 * The usual range at one moment.
 *
 * @param lower lower end, NaN when not known
 * @param expected middle, NaN when not known
 * @param upper upper end, NaN when not known
 */
record Band(double lower, double expected, double upper) {
    static Band of(AnomalyResult anomaly) {
        return new Band(anomaly.lower(), anomaly.expected(), anomaly.upper());
    }

    boolean isKnown() {
        return Double.isFinite(lower) && Double.isFinite(expected) && Double.isFinite(upper);
    }

    /** Where the value lies, as a part of a template's key: inside, outside or bandless. */
    String place(double value) {
        if (!isKnown() || !Double.isFinite(value)) {
            return "bandless";
        }
        return value >= lower && value <= upper ? "inside" : "outside";
    }

    /**
     * How far the value is from the expected one, in distances of the band's end on that side: 1 is
     * the end. 0 for the expected value itself, infinite for another when the band has no width.
     */
    double halfWidths(double value) {
        double distance = Math.abs(value - expected);
        double half = value >= expected ? upper - expected : expected - lower;
        return distance == 0 ? 0 : distance / Math.max(half, 0);
    }
}
