package dev.vedette.detection.threshold;

/**
 * From a budget of alarms per series and week to a threshold of the alarm score and back, by the
 * measured scale: how often a series without a known incident opens an anomaly at each threshold.
 * Straight lines in the logarithm of the budget between the measured points. The figures, and how
 * far sets lie apart, are in {@code docs/thresholds.md}.
 */
public final class AlarmBudget {
    /** The least alarms per series and week that can be asked for. */
    public static final double LEAST = 0.02;

    /** The most. */
    public static final double MOST = 20;

    private static final double[] THRESHOLDS = {
        0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80
    };
    private static final double[] ALARMS = {20, 10, 5, 2.2, 1, 0.45, 0.2, 0.08, 0.02};

    private AlarmBudget() {}

    /**
     * The threshold at which a series raises about so many alarms a week.
     *
     * @param alarmsPerWeek {@value #LEAST} to {@value #MOST}
     */
    public static double threshold(double alarmsPerWeek) {
        double wanted = Math.log(Math.clamp(alarmsPerWeek, LEAST, MOST));
        int i = 1;
        while (i < ALARMS.length - 1 && Math.log(ALARMS[i]) > wanted) {
            i++;
        }
        double above = Math.log(ALARMS[i - 1]);
        double share = (above - wanted) / (above - Math.log(ALARMS[i]));
        double exact = THRESHOLDS[i - 1] + share * (THRESHOLDS[i] - THRESHOLDS[i - 1]);
        return Math.round(exact * 1000) / 1000.0;
    }

    /**
     * About how many alarms a series raises in a week at that threshold; beyond the measured points
     * their ends.
     *
     * @param threshold in (0,1]
     */
    public static double alarmsPerWeek(double threshold) {
        double at = Math.clamp(threshold, THRESHOLDS[0], THRESHOLDS[THRESHOLDS.length - 1]);
        int i = 1;
        while (i < THRESHOLDS.length - 1 && THRESHOLDS[i] < at) {
            i++;
        }
        double share = (at - THRESHOLDS[i - 1]) / (THRESHOLDS[i] - THRESHOLDS[i - 1]);
        double above = Math.log(ALARMS[i - 1]);
        return Math.exp(above + share * (Math.log(ALARMS[i]) - above));
    }
}
