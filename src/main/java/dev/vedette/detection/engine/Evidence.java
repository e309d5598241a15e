package dev.vedette.detection.engine;

/**
 * The channels' strengths at the last point: what the outputs, labels and explanations read. Made
 * anew by every point, so no state of a series: the arrays belong to verdicts.
 */
final class Evidence {
    static final int SLOTS = 12;

    /** Distance from the day's profile in its spreads, signed. */
    static final int SEASON = 0;

    /** Distance from the slow mean in its spreads, signed. */
    static final int LEVEL = 1;

    /** The short forecast's residual over its usual size. */
    static final int FORECAST = 2;

    /** The last hour's level in slow spreads, signed. */
    static final int HOUR = 3;

    /** Novelty of the last two scaled values together. */
    static final int PAIR = 4;

    /** Novelty of the last scaled value. */
    static final int SINGLE = 5;

    /** Strangeness of the last hours' shape. */
    static final int SHAPE = 6;

    /** How long beyond the usual the value has stood still; 0 while it has not. */
    static final int STUCK = 7;

    /** How rare the season channel's size is, a negative decimal logarithm. */
    static final int RARE_SEASON = 8;

    /** How rare the pair's novelty is, a negative decimal logarithm. */
    static final int RARE_PAIR = 9;

    /** How rare it is to leave the range of the last days: a return period in days. */
    static final int RECORD = 10;

    /** What the profile expected at the point before. */
    static final int EXPECTED_BEFORE = 11;

    private Evidence() {}
}
