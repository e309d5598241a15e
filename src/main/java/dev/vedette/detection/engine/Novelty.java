package dev.vedette.detection.engine;

/**
 * How far a short vector of scaled values lies from all that the series has shown: a bounded set of
 * prototypes with counts, max-norm distance. A vector within the vigilance radius of a prototype
 * joins it; another takes a free place, or that of the prototype least used for its age.
 *
 * <p>Source: the leader algorithm, J. A. Hartigan, "Clustering Algorithms" (1975), with a bounded
 * set and forgetting added. Cost: O(prototypes) per point, 12 bytes a pair and 8 a single value.
 */
final class Novelty {
    /** Prototypes of two values in a row. */
    static final int PAIRS = 32;

    /** Prototypes of one value. */
    static final int SINGLES = 24;

    /** Coordinates of all prototypes. */
    static final int FLOATS = 2 * PAIRS + SINGLES;

    /** A count and a time of last use for each. */
    static final int SHORTS = 2 * (PAIRS + SINGLES);

    private static final int PAIR_AT = EnsembleState.PROTOTYPES;
    private static final int SINGLE_AT = PAIR_AT + 2 * PAIRS;
    private static final int PAIR_USE = EnsembleState.USES;
    private static final int SINGLE_USE = PAIR_USE + 2 * PAIRS;

    // How near a prototype must be to take a vector in.
    private static final double PAIR_RADIUS = 0.5;
    private static final double SINGLE_RADIUS = 0.25;

    /** Points after which an unused prototype counts half. */
    private static final double AGE = 2000;

    /** Times are kept in units of so many points, in 16 bits that wrap around. */
    private static final int TICK = 16;

    private static final double SLOWEST = 0.02;

    /** Farther than any prototype. */
    private static final long NONE = candidate(Float.POSITIVE_INFINITY, 0);

    /** The prototypes of two values in a row. */
    static final Set PAIR_SET = new Set(PAIR_AT, PAIR_USE, PAIRS, 2, PAIR_RADIUS);

    /** The prototypes of one value. */
    static final Set SINGLE_SET = new Set(SINGLE_AT, SINGLE_USE, SINGLES, 1, SINGLE_RADIUS);

    /**
     * Where the prototypes of one kind are.
     *
     * @param first slot of f of the first one's first coordinate
     * @param firstUse slot of c of its count
     * @param size how many there may be
     * @param coordinates of each, 1 or 2
     * @param radius how near a vector must be to join one
     */
    record Set(int first, int firstUse, int size, int coordinates, double radius) {
        /** Slot of f of the first coordinate of one. */
        int at(int prototype) {
            return first + coordinates * prototype;
        }

        /** Slot of c of its count; its last use follows. */
        int use(int prototype) {
            return firstUse + 2 * prototype;
        }
    }

    private Novelty() {}

    /** Fills the pair and the single channel for the last two scaled values; then learns them. */
    static void update(EnsembleState state, double before, double u) {
        double h = Numbers.asinh(u / 2);
        short now = (short) ((long) state.d[Pace.POINTS] / TICK);
        state.e[Evidence.PAIR] =
                pair(state.f, state.c, now, (float) Numbers.asinh(before / 2), (float) h);
        state.e[Evidence.SINGLE] = single(state.f, state.c, now, (float) h);
    }

    /** Goes on as after that many points, all prototypes in use. */
    static void stand(EnsembleState state, int points) {
        for (int i = 0; i < SHORTS; i += 2) {
            state.c[EnsembleState.USES + i + 1] = (short) (points / TICK);
        }
    }

    private static double pair(float[] f, short[] c, short now, float a, float b) {
        long nearest = NONE;
        for (int i = 0; i < PAIRS && c[PAIR_USE + 2 * i] > 0; i++) {
            int p = PAIR_AT + 2 * i;
            float distance = Math.max(Math.abs(f[p] - a), Math.abs(f[p + 1] - b));
            nearest = Math.min(nearest, candidate(distance, i));
        }
        float least = distance(nearest);
        boolean joins = least < PAIR_RADIUS;
        int at = joins ? (int) nearest : place(c, PAIR_USE, PAIRS, now);
        float rate = use(c, PAIR_USE, at, now, joins);
        int p = PAIR_AT + 2 * at;
        f[p] += rate * (a - f[p]);
        f[p + 1] += rate * (b - f[p + 1]);
        return nearest == NONE ? 0 : least;
    }

    private static double single(float[] f, short[] c, short now, float a) {
        long nearest = NONE;
        for (int i = 0; i < SINGLES && c[SINGLE_USE + 2 * i] > 0; i++) {
            nearest = Math.min(nearest, candidate(Math.abs(f[SINGLE_AT + i] - a), i));
        }
        float least = distance(nearest);
        boolean joins = least < SINGLE_RADIUS;
        int at = joins ? (int) nearest : place(c, SINGLE_USE, SINGLES, now);
        float rate = use(c, SINGLE_USE, at, now, joins);
        f[SINGLE_AT + at] += rate * (a - f[SINGLE_AT + at]);
        return nearest == NONE ? 0 : least;
    }

    /**
     * A prototype and its distance as one number: of two the less is the nearer, at equal distance
     * the first. The least of them is found without a branch, which no processor could foretell.
     */
    private static long candidate(float distance, int prototype) {
        return (long) Float.floatToRawIntBits(distance) << Integer.SIZE | prototype;
    }

    private static float distance(long candidate) {
        return Float.intBitsToFloat((int) (candidate >> Integer.SIZE));
    }

    /** Counts one more use; the rate at which the prototype moves: wholly when it is new. */
    private static float use(short[] c, int uses, int i, short now, boolean joins) {
        int count = joins ? Math.min(c[uses + 2 * i] + 1, Short.MAX_VALUE) : 1;
        c[uses + 2 * i] = (short) count;
        c[uses + 2 * i + 1] = now;
        return (float) (joins ? Math.max(SLOWEST, 1.0 / count) : 1);
    }

    /** A free place, or that of the prototype least used for its age. */
    private static int place(short[] c, int uses, int prototypes, short now) {
        int worst = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < prototypes; i++) {
            int count = c[uses + 2 * i];
            if (count == 0) {
                return i;
            }
            int age = TICK * ((now - c[uses + 2 * i + 1]) & 0xffff);
            double use = count / (1 + age / AGE);
            if (use < least) {
                least = use;
                worst = i;
            }
        }
        return worst;
    }
}
