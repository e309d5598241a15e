package dev.vedette.detection.engine;

/**
 * A series that moved and stands still: the run of equal values against the longest run it usually
 * has. A standstill that lasts long enough becomes usual.
 */
final class FlatRun {
    static final int SLOTS = 3;

    private static final int AT = EnsembleState.FLAT;
    private static final int RUN = AT;
    static final int LONGEST = AT + 1;
    static final int MOVES = AT + 2;

    private static final int LEAST_RUN = 12;
    private static final int LEAST_MOVES = 100;

    /** So many usual runs later a standstill is the new normal. */
    private static final double PATIENCE = 20;

    private FlatRun() {}

    /** 0 while nothing is strange; from 1, growing by the logarithm of the run's length. */
    static double update(EnsembleState state, double value) {
        double[] d = state.d;
        if (value != d[Pace.LAST_VALUE]) {
            d[LONGEST] = Math.max(d[LONGEST] * 0.9995, d[RUN]);
            d[RUN] = 0;
            d[MOVES] = Math.min(d[MOVES] + 1, 1e9);
            return 0;
        }
        d[RUN]++;
        if (d[MOVES] < LEAST_MOVES) {
            return 0;
        }
        double usual = LEAST_RUN + 4 * d[LONGEST];
        boolean strange = d[RUN] >= usual && d[RUN] <= PATIENCE * usual;
        return strange ? 1 + Math.log(d[RUN] / usual) : 0;
    }
}
