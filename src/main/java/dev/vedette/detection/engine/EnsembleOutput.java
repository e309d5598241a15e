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
    static final int FLOATS = 1;

    private static final int AT = EnsembleState.OUTPUT;
    static final int SMOOTH = AT;
    static final int HABIT = AT + 1;

    private static final int RECORD_HABIT = AT + 2;

    /** Slot of f. */
    static final int SLOW = EnsembleState.SLOW;

    /** Two thirds of the alarm evidence at which the score is 0.6. */
    private static final double ALARM_HALF = 1.47;

    /** The state evidence, cubed, at which the score is 0.5; at 6 the score is 0.6. */
    private static final double STATE_HALF_CUBED = 144;

    private static final double RATE_AT_FIVE_MINUTES = 0.04;

    /**
     * The state goes at two paces, one that sees the start and one that stays up, as a node's does:
     * how much slower the second is, and its part.
     */
    private static final double SLOWER = 0.25;

    private static final double SLOW_PART = 0.3;

    /** How much of the strongest recent alarm a new one must exceed. */
    private static final double HABITUATION = 0.6;

    /**
     * The alarm evidence of a record for each power of ten of its return period: one of ten days
     * raises an alarm by itself.
     */
    private static final double PER_DECADE = 1.5 * ALARM_HALF;

    private static final double RECORD_MEMORY_SECONDS = 21_600;
    private static final double LEAST_HABIT = 0.01;

    private EnsembleOutput() {}

    /** The state score after that {@link #stateEvidence evidence}. */
    static double state(EnsembleState state, double evidence) {
        double[] d = state.d;
        double rate = Math.max(d[Pace.STATE_RATE], 1 / (d[Pace.POINTS] + 1));
        d[SMOOTH] += rate * (evidence - d[SMOOTH]);
        double slow = Math.max(SLOWER * d[Pace.STATE_RATE], 1 / (d[Pace.POINTS] + 1));
        state.f[SLOW] += (float) (slow * (evidence - state.f[SLOW]));
        return held(state);
    }

    /** The last state score, which also holds through known gaps. */
    static double held(EnsembleState state) {
        // Cubed, so that the everyday evidence of 2 to 4 lies far below what is strange: a map that
        // rises with the evidence changes no ranking, only how a page full of ordinary series
        // looks.
        double smooth = (1 - SLOW_PART) * state.d[SMOOTH] + SLOW_PART * state.f[SLOW];
        double cubed = smooth * smooth * smooth;
        return cubed / (cubed + STATE_HALF_CUBED);
    }

    /**
     * The alarm score of the evidence at hand: what habit leaves of it, or a record. Habit does not
     * damp a record, which by its nature is no repetition. The stronger of the two counts, and a
     * little more where they agree.
     */
    static double alarm(EnsembleState state) {
        double[] d = state.d;
        double evidence = alarmEvidence(state.e);
        double fresh = Math.max(0, evidence - HABITUATION * d[HABIT]);
        d[HABIT] = Math.max(d[HABIT] * d[Pace.HABIT_KEEP], evidence);
        double budget = budget(d);
        double record = budget * PER_DECADE * newRecord(state);
        double both = record == 0 ? fresh : norm(fresh, record);
        return both / (both + ALARM_HALF * budget);
    }

    /** The norm of the fourth power: hardly more than the greater of the two. */
    private static double norm(double a, double b) {
        return Math.sqrt(Math.sqrt(a * a * a * a + b * b * b * b));
    }

    /**
     * By how many powers of ten the return period in days exceeds that of the record last alarmed
     * of, which is forgotten within hours as the range by then holds it. Nothing for a record that
     * happens every day.
     */
    private static double newRecord(EnsembleState state) {
        double[] d = state.d;
        if (d[RECORD_HABIT] > 0) {
            double kept = d[RECORD_HABIT] * Math.exp(-Pace.step(state) / RECORD_MEMORY_SECONDS);
            d[RECORD_HABIT] = kept < LEAST_HABIT ? 0 : kept;
        }
        double days = state.e[Evidence.RECORD];
        if (days <= 1) {
            return 0;
        }
        double decades = Math.log10(days);
        double fresh = Math.max(0, decades - d[RECORD_HABIT]);
        if (decades >= 1) {
            d[RECORD_HABIT] = Math.max(d[RECORD_HABIT], decades);
        }
        return fresh;
    }

    /**
     * The budget is per week, not per point: where points come faster than every five minutes, each
     * must be rarer; by the fourth root of how much faster the state output may follow, 1 to 1.41.
     */
    private static double budget(double[] d) {
        double pace = d[Pace.STATE_RATE] / RATE_AT_FIVE_MINUTES;
        return pace < 1 ? 1 / Math.sqrt(Math.sqrt(pace)) : 1;
    }

    private static double alarmEvidence(double[] e) {
        return e[Evidence.RARE_SEASON]
                + 3 * Math.log1p(e[Evidence.PAIR])
                + 3 * Math.log1p(e[Evidence.SINGLE])
                + 3 * e[Evidence.STUCK];
    }

    /** The evidence for the state output, unsmoothed. */
    static double stateEvidence(double[] e) {
        return 1.5 * Math.log1p(Math.abs(e[Evidence.SEASON]))
                + 0.5 * Math.min(e[Evidence.FORECAST], 8)
                + 0.25 * Math.min(Math.abs(e[Evidence.LEVEL]), 8)
                + e[Evidence.RARE_PAIR]
                + 0.125 * Math.min(e[Evidence.SHAPE], 8)
                + 4 * e[Evidence.STUCK];
    }
}
