package dev.vedette.detection.engine;

import java.util.Arrays;

/**
 * Names what the series looks like, by a small state machine: an incident opens on a jump, on a
 * level that stays off, or on much rougher deviations than usual, and closes after {@value #QUIET}
 * quiet points. A jump is a spike or dip while it is young; without a jump nothing is said so
 * early. What lasts is a changed variance when its deviations are rough rather than smooth, a
 * broken season when they change sign or undo the profile, else a level shift or trend.
 */
final class LabelMachine {
    static final int SLOTS = 15;
    static final int SHORTS = 5;

    private static final int AT = EnsembleState.LABEL;
    static final int FAST_MEAN = AT;
    static final int LAST_ERROR = AT + 1;
    static final int MEAN_ERROR = AT + 2;
    static final int STEP_ERROR = AT + 3;
    private static final int LEVEL = AT + 4;
    private static final int FAST_LEVEL = AT + 5;
    static final int ROUGHNESS = AT + 6;
    static final int USUAL_LEVEL = AT + 7;
    static final int USUAL_ROUGHNESS = AT + 8;

    // Sums over the open incident: deviations x, profile p, time t in points.
    static final int SUMS = AT + 9;
    private static final int X = SUMS;
    private static final int ABS_X = AT + 10;
    private static final int XX = AT + 11;
    private static final int TX = AT + 12;
    private static final int PX = AT + 13;
    private static final int PP = AT + 14;

    private static final int FLAGS = EnsembleState.FLAGS;

    /** Length of the open incident in points; 0 when there is none. */
    private static final int RUN = FLAGS;

    private static final int QUIET_RUN = FLAGS + 1;

    /** 1 once something other than a jump belonged to the incident. */
    private static final int LASTING = FLAGS + 2;

    /** 1 when the incident began with a jump. */
    private static final int JUMPED = FLAGS + 3;

    /** 0 before the first weekend, 1 in it, 2 after it. */
    private static final int WEEKEND = FLAGS + 4;

    private static final int WARM_POINTS = 600;
    private static final int QUIET = 96;
    private static final int YOUNG = 10;
    private static final int YOUNG_JUMP = 24;

    /** How much larger than the usual error a jump is. */
    private static final double JUMP = 6;

    /** How rare a jump and its novelty are together, negative decimal logarithms. */
    private static final double RARE = 4;

    /** How much rougher than usual deviations are that open an incident. */
    private static final double ROUGH = 4;

    /** The least part of the deviations' size that is roughness when their variance has changed. */
    private static final double NOISY = 0.55;

    private static final double CAP = 6;

    private LabelMachine() {}

    /** The kind at this point, by the evidence at hand; learns the value. */
    static AnomalyKind update(EnsembleState state, boolean weekend, double value) {
        double[] d = state.d;
        double t = d[Pace.POINTS];
        if (t == 0) {
            d[FAST_MEAN] = value;
        }
        boolean seasonal = d[DayProfile.SPREAD] < 0.8 * d[SlowLevel.SPREAD];
        double x = deviation(state, weekend, seasonal);
        double jump = jump(state, value, seasonal);
        boolean hit = t >= WARM_POINTS && jump >= JUMP && Math.abs(x) > 2 && isNew(state, jump);
        TailHistogram.count(state.c, EnsembleState.TAIL_JUMP, jump);
        d[LEVEL] += 0.1 * (Math.clamp(x, -3, 3) - d[LEVEL]);
        double capped = Math.clamp(x, -CAP, CAP);
        d[FAST_LEVEL] += 0.15 * (capped - d[FAST_LEVEL]);
        d[ROUGHNESS] += 0.1 * (Math.min(Math.abs(capped - d[FAST_LEVEL]), CAP) - d[ROUGHNESS]);
        double usual = d[USUAL_LEVEL];
        double usualRoughness = d[USUAL_ROUGHNESS];
        double rate = Math.max(state.c[RUN] > 0 ? 0.0002 : 0.001, 1 / (t + 1));
        d[USUAL_LEVEL] += rate * (Math.abs(d[LEVEL]) - usual);
        d[USUAL_ROUGHNESS] += rate * (d[ROUGHNESS] - usualRoughness);
        if (t < WARM_POINTS) {
            return AnomalyKind.NORMAL;
        }
        boolean rough = d[ROUGHNESS] >= ROUGH * usualRoughness;
        AnomalyKind kind = incident(state, x, hit, isOff(d, x, usual) || rough, seasonal);
        // A standstill may also be off its level and its daily shape: that it stands explains both.
        return state.e[Evidence.STUCK] > 0 ? AnomalyKind.FLATLINE : kind;
    }

    /**
     * Whether such a jump was not seen before: a series that comes in bursts has large ones every
     * day, and to similar values.
     */
    private static boolean isNew(EnsembleState state, double jump) {
        double[] e = state.e;
        return e[Evidence.PAIR] >= 0.2
                && TailHistogram.rarityOf(state.c, EnsembleState.TAIL_JUMP, jump, 6)
                                + e[Evidence.RARE_PAIR]
                        >= RARE;
    }

    /** Both means far off on one side, by more the farther the series usually wanders. */
    private static boolean isOff(double[] d, double x, double usual) {
        return Math.abs(d[LEVEL]) >= Math.min(2 * usual + 1.5, 2.7)
                && d[FAST_LEVEL] * d[LEVEL] > 0
                && Math.abs(d[FAST_LEVEL]) > Math.min(3 * usual + 1, 5)
                && Math.abs(x) > 0.5;
    }

    /** The deviation from the profile where there is one, else from the slow level. */
    private static double deviation(EnsembleState state, boolean weekend, boolean seasonal) {
        double[] e = state.e;
        short[] c = state.c;
        if (weekend && c[WEEKEND] == 0) {
            c[WEEKEND] = 1;
        } else if (!weekend && c[WEEKEND] == 1) {
            c[WEEKEND] = 2;
        }
        double x = seasonal ? e[Evidence.SEASON] : e[Evidence.LEVEL];
        // A first weekend differs from the weekdays: that is no news unless the level is off too.
        boolean unknown = c[WEEKEND] < 2 && weekend && Math.abs(e[Evidence.LEVEL]) < 2.5;
        return unknown ? Math.clamp(x, -1, 1) : x;
    }

    /** The error of the forecast that was best lately, over its usual size. */
    private static double jump(EnsembleState state, double value, boolean seasonal) {
        double[] d = state.d;
        double last = d[Pace.LAST_VALUE];
        double toLast = Math.abs(value - last);
        double toMean = Math.abs(value - d[FAST_MEAN]);
        double step = d[DayProfile.EXPECTED] - state.e[Evidence.EXPECTED_BEFORE];
        double toStep = Math.abs(value - last - step);
        double error = toLast;
        double usual = d[LAST_ERROR];
        if (d[MEAN_ERROR] < usual) {
            error = toMean;
            usual = d[MEAN_ERROR];
        }
        if (seasonal && d[STEP_ERROR] < usual) {
            error = toStep;
            usual = d[STEP_ERROR];
        }
        if (seasonal && d[DayProfile.SPREAD] < usual) {
            error = Math.abs(value - d[DayProfile.EXPECTED]);
            usual = d[DayProfile.SPREAD];
        }
        learn(d, LAST_ERROR, toLast);
        learn(d, MEAN_ERROR, toMean);
        learn(d, STEP_ERROR, toStep);
        d[FAST_MEAN] += 0.3 * (value - d[FAST_MEAN]);
        return error == 0 ? 0 : error / Math.max(usual, 1e-9 * error);
    }

    private static void learn(double[] d, int slot, double error) {
        double t = d[Pace.POINTS];
        double limit = t > 20 && d[slot] > 0 ? 5 * d[slot] : error;
        d[slot] += Math.max(0.002, 1 / (t + 1)) * (Math.min(error, limit) - d[slot]);
    }

    private static AnomalyKind incident(
            EnsembleState state, double x, boolean hit, boolean lasting, boolean seasonal) {
        double[] d = state.d;
        short[] c = state.c;
        if (hit || lasting) {
            if (c[RUN] == 0) {
                c[JUMPED] = (short) (hit ? 1 : 0);
                c[LASTING] = 0;
                Arrays.fill(d, X, PP + 1, 0);
            }
            c[QUIET_RUN] = 0;
            c[LASTING] = lasting ? 1 : c[LASTING];
        } else {
            c[QUIET_RUN] = (short) Math.min(c[QUIET_RUN] + 1, QUIET + 1);
        }
        boolean none = c[RUN] == 0 && c[QUIET_RUN] > 0;
        if (none || c[QUIET_RUN] > QUIET) {
            c[RUN] = 0;
            return AnomalyKind.NORMAL;
        }
        add(state, x);
        return kind(state, seasonal);
    }

    private static void add(EnsembleState state, double x) {
        double[] d = state.d;
        if (state.c[RUN] == Short.MAX_VALUE) {
            return;
        }
        double t = ++state.c[RUN];
        double spread = Math.max(d[DayProfile.SPREAD], Double.MIN_NORMAL);
        double p = Math.clamp((d[DayProfile.EXPECTED] - d[SlowLevel.MEAN]) / spread, -1e3, 1e3);
        d[X] += x;
        d[ABS_X] += Math.abs(x);
        d[XX] += x * x;
        d[TX] += t * x;
        d[PX] += p * x;
        d[PP] += p * p;
    }

    private static AnomalyKind kind(EnsembleState state, boolean seasonal) {
        double[] d = state.d;
        short[] c = state.c;
        boolean jumped = c[JUMPED] == 1;
        if (c[RUN] <= (jumped && c[LASTING] == 1 ? YOUNG : YOUNG_JUMP)) {
            if (!jumped || c[QUIET_RUN] >= 3) {
                return AnomalyKind.NORMAL;
            }
            return d[X] >= 0 ? AnomalyKind.SPIKE : AnomalyKind.DIP;
        }
        if (c[QUIET_RUN] > 6 || c[LASTING] == 0) {
            return AnomalyKind.NORMAL;
        }
        return lasting(d, c[RUN], jumped, seasonal);
    }

    private static AnomalyKind lasting(double[] d, double n, boolean jumped, boolean seasonal) {
        if (d[ROUGHNESS] >= NOISY * Math.min(Math.sqrt(d[XX] / n), CAP)) {
            return AnomalyKind.VARIANCE;
        }
        if (seasonal && (Math.abs(d[X]) < 0.7 * d[ABS_X] || undoesProfile(d, n))) {
            return AnomalyKind.SEASONAL;
        }
        return jumped ? AnomalyKind.LEVEL_SHIFT : AnomalyKind.TREND;
    }

    /**
     * Whether the incident looks more like the daily shape undone (flat, mirrored, at the wrong
     * time) than like a level or a slope: the deviations are fitted once as a negative multiple of
     * the profile and once as a straight line, and the smaller error wins.
     */
    private static boolean undoesProfile(double[] d, double n) {
        double mean = d[X] / n;
        double middle = (n + 1) / 2;
        double tt = (n * n - 1) / 12;
        double tx = d[TX] / n - middle * mean;
        double power = d[XX] / n;
        double px = Math.min(d[PX], 0);
        double shapeError = power - px * px / d[PP] / n;
        double lineError = power - mean * mean - tx * tx / tt;
        return shapeError < lineError;
    }
}
