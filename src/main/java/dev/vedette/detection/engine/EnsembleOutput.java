package dev.vedette.detection.engine;

/**
 * From evidence to the two scores: sums of few channels, the alarm damped by habit, each brought
 * into [0,1] by one law for all series, {@code x / (x + half)}, the state by its cube. The halves
 * are set so that 0.6, the default threshold, is reached about once in a series' week at 5-minute
 * steps.
 *
 * <p>A second calibration of the sums by their own history was tried and left out: it forgets how
 * large a deviation is, see {@code docs/detection.md}.
 */
final class EnsembleOutput {
    static final int SLOTS = 3;

    private static final int AT = EnsembleState.OUTPUT;
    private static final int SMOOTH = AT;
    private static final int HABIT = AT + 1;

    /** The last state score, held through known gaps. */
    static final int HELD = AT + 2;

    /** Two thirds of the alarm evidence at which the score is 0.6. */
    private static final double ALARM_HALF = 1.47;

    /** The state evidence, cubed, at which the score is 0.5; at 6 the score is 0.6. */
    private static final double STATE_HALF_CUBED = 144;

    private static final double RATE_AT_FIVE_MINUTES = 0.04;

    /** How much of the strongest recent alarm a new one must exceed. */
    private static final double HABITUATION = 0.6;

    private EnsembleOutput() {}

    /** The state score of the evidence at hand. */
    static double state(EnsembleState state) {
        double[] d = state.d;
        double evidence = stateEvidence(d);
        double rate = Math.max(d[Pace.STATE_RATE], 1 / (d[Pace.POINTS] + 1));
        d[SMOOTH] += rate * (evidence - d[SMOOTH]);
        // Cubed, so that the everyday evidence of 2 to 4 lies far below what is strange: a map that
        // rises with the evidence changes no ranking, only how a page full of ordinary series
        // looks.
        double cubed = d[SMOOTH] * d[SMOOTH] * d[SMOOTH];
        d[HELD] = cubed / (cubed + STATE_HALF_CUBED);
        return d[HELD];
    }

    /** The alarm score of the evidence at hand: what habit leaves of it. */
    static double alarm(EnsembleState state) {
        double[] d = state.d;
        double evidence = alarmEvidence(d);
        double fresh = Math.max(0, evidence - HABITUATION * d[HABIT]);
        d[HABIT] = Math.max(d[HABIT] * d[Pace.HABIT_KEEP], evidence);
        return fresh / (fresh + ALARM_HALF * budget(d));
    }

    /**
     * The budget is per week, not per point: where points come faster than every five minutes, each
     * must be rarer; by the fourth root of how much faster the state output may follow, 1 to 1.41.
     */
    private static double budget(double[] d) {
        double pace = d[Pace.STATE_RATE] / RATE_AT_FIVE_MINUTES;
        return pace < 1 ? 1 / Math.sqrt(Math.sqrt(pace)) : 1;
    }

    private static double alarmEvidence(double[] d) {
        return d[Evidence.RARE_SEASON]
                + 3 * Math.log1p(d[Evidence.PAIR])
                + 3 * Math.log1p(d[Evidence.SINGLE])
                + 3 * d[Evidence.STUCK];
    }

    /** The evidence for the state output, unsmoothed. */
    static double stateEvidence(double[] d) {
        return 1.5 * Math.log1p(Math.abs(d[Evidence.SEASON]))
                + 0.5 * Math.min(d[Evidence.FORECAST], 8)
                + 0.25 * Math.min(Math.abs(d[Evidence.LEVEL]), 8)
                + d[Evidence.RARE_PAIR]
                + 0.125 * Math.min(d[Evidence.SHAPE], 8)
                + 4 * d[Evidence.STUCK];
    }
}
