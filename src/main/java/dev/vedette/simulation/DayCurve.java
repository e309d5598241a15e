package dev.vedette.simulation;

import java.time.Duration;

/** The usual course of a day: low at night, a rise in the morning, a peak, from 0 to 1. */
final class DayCurve {
    static final long DAY = Duration.ofDays(1).toMillis();
    private static final int CELLS = 1440;
    private static final long CELL = DAY / CELLS;
    private static final double SECOND_HARMONIC = 0.25;

    // A table, because the sine is the dearest part of a point; from StrictMath for equal bits.
    private static final double[] SHAPE = new double[CELLS + 1];

    /** The standard deviation of a day around its mean. */
    static final double DEVIATION;

    static {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= CELLS; i++) {
            double angle = 2 * StrictMath.PI * (i % CELLS) / CELLS;
            SHAPE[i] = StrictMath.cos(angle) + SECOND_HARMONIC * StrictMath.cos(2 * angle + 0.8);
            least = Math.min(least, SHAPE[i]);
            most = Math.max(most, SHAPE[i]);
        }
        for (int i = 0; i <= CELLS; i++) {
            SHAPE[i] = (SHAPE[i] - least) / (most - least);
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < CELLS; i++) {
            sum += SHAPE[i];
            squares += SHAPE[i] * SHAPE[i];
        }
        double mean = sum / CELLS;
        DEVIATION = Math.sqrt(squares / CELLS - mean * mean);
    }

    private DayCurve() {}

    /** The height at that time, in [0,1], for a day that peaks near that hour of UTC. */
    static double at(long epochMillis, double peakHour) {
        long shifted = Math.floorMod(epochMillis - (long) (peakHour * 3_600_000), DAY);
        int cell = (int) (shifted / CELL);
        double share = (double) (shifted - cell * CELL) / CELL;
        return SHAPE[cell] + share * (SHAPE[cell + 1] - SHAPE[cell]);
    }

    /**
     * How much of a weekend that time is: 0 on working days of UTC, 1 on Saturday and Sunday, and
     * between them smoothly over the six hours around midnight.
     */
    static double weekend(long epochMillis) {
        // Hours since Saturday 00:00; 1970-01-03 was a Saturday.
        double hours = Math.floorMod(epochMillis - 2 * DAY, 7 * DAY) / 3_600_000.0;
        double begun = smooth((hours > 7 * 24 - 3 ? hours - 7 * 24 : hours) / 6 + 0.5);
        double over = hours > 7 * 24 - 3 ? 0 : smooth((hours - 2 * 24) / 6 + 0.5);
        return begun - over;
    }

    private static double smooth(double share) {
        double s = Math.clamp(share, 0, 1);
        return s * s * (3 - 2 * s);
    }
}
