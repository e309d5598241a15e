package dev.vedette.detection.threshold;

/**
 * From a budget of alarms per week to a threshold of the score and back, by the measured scale: how
 * often what has no known incident opens an anomaly at each threshold. Straight lines in the
 * logarithm of the budget between the measured points. The figures, and how far sets lie apart, are
 * in {@code docs/thresholds.md}.
 */
public enum AlarmBudget {
    /** Of a series: the most of five sets. */
    SERIES,

    /** Of a node as a whole: the most of four sets. */
    WHOLE_NODE;

    /** The least alarms per series and week that can be asked for. */
    public static final double LEAST = 0.01;

    /** The most: below a threshold of 0.4 anomalies become longer, not more. */
    public static final double MOST = 5;

    private static final double[] THRESHOLDS = {
        0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80
    };

    // Alarms at each threshold; the most, as a budget is an upper bound.
    private static final double[] OF_SERIES = {5, 4, 2.7, 1.6, 1, 0.32, 0.1, 0.03, 0.01};
    private static final double[] OF_NODES = {10.6, 7.8, 4.6, 3.4, 1, 0.45, 0.18, 0.09, 0.01};

    private double[] alarms() {
        return switch (this) {
            case SERIES -> OF_SERIES;
            case WHOLE_NODE -> OF_NODES;
        };
    }

    /**
     * The threshold at which it raises about so many alarms a week.
     *
     * @param alarmsPerWeek {@value #LEAST} to {@value #MOST}
     */
    public double threshold(double alarmsPerWeek) {
        double[] alarms = alarms();
        double wanted = Math.log(Math.clamp(alarmsPerWeek, LEAST, MOST));
        int i = 1;
        while (i < alarms.length - 1 && Math.log(alarms[i]) > wanted) {
            i++;
        }
        double above = Math.log(alarms[i - 1]);
        double share = (above - wanted) / (above - Math.log(alarms[i]));
        double exact = THRESHOLDS[i - 1] + share * (THRESHOLDS[i] - THRESHOLDS[i - 1]);
        return Math.round(exact * 1000) / 1000.0;
    }

    /**
     * About how many alarms it raises in a week at that threshold; beyond the measured points their
     * ends.
     *
     * @param threshold in (0,1]
     */
    public double alarmsPerWeek(double threshold) {
        double[] alarms = alarms();
        double at = Math.clamp(threshold, THRESHOLDS[0], THRESHOLDS[THRESHOLDS.length - 1]);
        int i = 1;
        while (i < THRESHOLDS.length - 1 && THRESHOLDS[i] < at) {
            i++;
        }
        double share = (at - THRESHOLDS[i - 1]) / (THRESHOLDS[i] - THRESHOLDS[i - 1]);
        double above = Math.log(alarms[i - 1]);
        return Math.exp(above + share * (Math.log(alarms[i]) - above));
    }
}
