package dev.vedette.detection.engine;

/**
 * The slow reference: mean and mean absolute deviation with a memory of {@value #MEMORY} points and
 * clipped updates, so that an incident hardly teaches it. A series that keeps being clipped has
 * changed: the clip then widens, and the new level becomes the normal one.
 */
final class SlowLevel {
    static final int SLOTS = 3;

    private static final int AT = EnsembleState.LEVEL;

    /** Slow mean. */
    static final int MEAN = AT;

    /** Slow mean absolute deviation. */
    static final int SPREAD = AT + 1;

    private static final int CLIPPED = AT + 2;

    private static final double MEMORY = 3000;
    private static final double CLIP = 4;
    private static final double EARLY_CLIP = 20;
    private static final double MAX = 20;
    private static final int EARLY = 50;
    private static final int MIN_POINTS = 8;

    /** Clipped points in a row after which the clip has doubled. */
    private static final double PATIENCE = 256;

    private SlowLevel() {}

    /** The value in slow spreads from the slow mean, within ±{@value #MAX}; then learns it. */
    static double update(EnsembleState state, double value) {
        double[] d = state.d;
        double t = d[Pace.POINTS];
        if (t == 0) {
            d[MEAN] = value;
        }
        double error = value - d[MEAN];
        double spread = d[SPREAD];
        double size = Math.abs(error);
        double u = 0;
        if (t >= MIN_POINTS && size > 0) {
            u = Math.clamp(error / Math.max(spread, 1e-12 * size), -MAX, MAX);
        }
        double rate = Math.max(1 / MEMORY, 1 / (t + 1));
        double limit = limit(d, t, size, spread);
        d[MEAN] += rate * Math.clamp(error, -limit, limit);
        d[SPREAD] += rate * (Math.min(size, limit) - spread);
        return u;
    }

    private static double limit(double[] d, double t, double size, double spread) {
        if (t < MIN_POINTS || spread <= 1e-9 * size) {
            return size;
        }
        double limit = (t < EARLY ? EARLY_CLIP : CLIP) * spread;
        if (size > limit) {
            d[CLIPPED] = Math.min(d[CLIPPED] + 1, 16 * PATIENCE);
        } else {
            d[CLIPPED] = Math.max(d[CLIPPED] - 2, 0);
        }
        return limit * (1 + d[CLIPPED] / PATIENCE);
    }
}
