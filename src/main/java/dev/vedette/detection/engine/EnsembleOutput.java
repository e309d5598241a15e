package dev.vedette.detection.engine;

/**
 * From evidence to the two scores: sums of few channels, the alarm damped by habit, both turned
 * into a rarity on this series and from that into [0,1] by one law for all series: 0.6, the default
 * threshold, is a point as rare as one in a week.
 */
final class EnsembleOutput {
    static final int SLOTS = 4;

    private static final int AT = EnsembleState.OUTPUT;
    private static final int SUM = AT;
    private static final int WEIGHT = AT + 1;
    private static final int HABIT = AT + 2;

    /** The last state score, held through known gaps. */
    static final int HELD = AT + 3;

    private static final double SECONDS_OF_WEEK = 604_800;
    private static final double LOGIT_AT_BUDGET = Math.log(0.6 / 0.4);

    /** How much one power of ten in rarity moves the logit. */
    private static final double STEEPNESS = 0.9;

    private static final double HABITUATION = 0.6;
    private static final double CAP = 12;

    private EnsembleOutput() {}

    /** The state score of that much evidence. */
    static double state(EnsembleState state, double evidence) {
        double[] d = state.d;
        double rate = d[Pace.STATE_RATE];
        d[SUM] += rate * (evidence - d[SUM]);
        d[WEIGHT] += rate * (1 - d[WEIGHT]);
        double smooth = d[SUM] / d[WEIGHT];
        d[HELD] = score(state, TailHistogram.update(state, EnsembleState.TAIL_STATE, smooth, CAP));
        return d[HELD];
    }

    /** The alarm score of that much evidence: what habit leaves of it. */
    static double alarm(EnsembleState state, double evidence) {
        double[] d = state.d;
        double fresh = Math.max(0, evidence - HABITUATION * d[HABIT]);
        d[HABIT] = Math.max(d[HABIT] * d[Pace.HABIT_KEEP], evidence);
        return score(state, TailHistogram.update(state, EnsembleState.TAIL_ALARM, fresh, CAP));
    }

    private static double score(EnsembleState state, double surprise) {
        double perWeek = SECONDS_OF_WEEK / Pace.step(state);
        return Numbers.logistic(LOGIT_AT_BUDGET + STEEPNESS * (surprise - Math.log10(perWeek)));
    }
}
