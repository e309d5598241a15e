package dev.vedette.detection.engine;

/**
 * The sub-sequence channel: the profile residual, averaged to a 64th of a day, as a vector of the
 * last {@value #LAGS} averages; its distance from, and within, the plane of the two main components
 * that are followed online.
 *
 * <p>Source: T. D. Sanger, "Optimal Unsupervised Learning in a Single-Layer Linear Feedforward
 * Neural Network", Neural Networks 1989 (the generalised Hebbian rule), with clipped updates. Cost:
 * O(lags) once per average.
 */
final class LagSubspace {
    private static final int LAGS = 16;
    private static final int COMPONENTS = 2;

    static final int SLOTS = 8;
    static final int FLOATS = LAGS + COMPONENTS * LAGS;

    private static final int AT = EnsembleState.LAGS;
    private static final int SUM = AT;
    private static final int SUMMED = AT + 1;
    private static final int FILLED = AT + 2;
    private static final int RESIDUAL = AT + 3;
    private static final int POWER = AT + 4;
    static final int SCALE = AT + 6;
    private static final int HELD = AT + 7;

    private static final double SLOWEST = 0.002;

    private LagSubspace() {}

    /** The channel, 0 to {@value Relative#MAX}; the same until the next average is complete. */
    static double update(EnsembleState state, double z) {
        double[] d = state.d;
        d[SUM] += Numbers.asinh(Math.clamp(z, -20, 20));
        d[SUMMED]++;
        double perDay = Math.rint(86_400 / Pace.step(state) / 16);
        double group = Math.max(1, Math.rint(0.25 * Math.max(1, perDay)));
        if (d[SUMMED] < group) {
            return d[HELD];
        }
        push(state.f, (float) (d[SUM] / d[SUMMED]));
        d[SUM] = 0;
        d[SUMMED] = 0;
        d[FILLED]++;
        if (d[FILLED] >= LAGS) {
            d[HELD] = judge(d, state.f);
        }
        return d[HELD];
    }

    private static void push(float[] f, float average) {
        int ring = EnsembleState.RING;
        System.arraycopy(f, ring + 1, f, ring, LAGS - 1);
        f[ring + LAGS - 1] = average;
    }

    private static double judge(double[] d, float[] f) {
        double steps = d[FILLED] - LAGS;
        if (steps == 0) {
            start(d, f);
        }
        double rate = Math.max(SLOWEST, 1 / (steps + 2));
        int ring = EnsembleState.RING;
        double energy = 0;
        for (int i = 0; i < LAGS; i++) {
            energy += (double) f[ring + i] * f[ring + i];
        }
        double usual = 9 * (d[RESIDUAL] + d[POWER] + d[POWER + 1]);
        double clip = steps > 30 && energy > usual ? Math.sqrt(usual / energy) : 1;
        // What the components explain is subtracted one after the other; the rest is the residual.
        double inside = 0;
        double left = energy;
        double first = 0;
        for (int k = 0; k < COMPONENTS; k++) {
            double y = project(f, k, k == 0 ? 0 : first);
            if (k == 0) {
                first = y;
            }
            inside += y * y / (d[POWER + k] + d[RESIDUAL] / LAGS);
            left -= y * y;
        }
        double rest = Math.max(left, 0);
        for (int k = 0; k < COMPONENTS; k++) {
            learn(d, f, k, rate, clip);
        }
        double q = Math.sqrt(rest / d[RESIDUAL] + inside / 2);
        d[RESIDUAL] += rate * (Math.min(rest, 9 * d[RESIDUAL]) - d[RESIDUAL]);
        d[RESIDUAL] = Math.max(d[RESIDUAL], 1e-9);
        return Relative.update(d, SCALE, Math.min(q, 1e6));
    }

    private static void start(double[] d, float[] f) {
        d[RESIDUAL] = 1;
        for (int k = 0; k < COMPONENTS; k++) {
            d[POWER + k] = 0.001;
            double norm = Math.sqrt((k == 0 ? 1.0 : 2.0) / LAGS);
            for (int i = 0; i < LAGS; i++) {
                f[row(k) + i] = (float) (norm * Math.cos(Math.PI * k * (i + 0.5) / LAGS));
            }
        }
    }

    private static int row(int component) {
        return EnsembleState.RING + LAGS * (1 + component);
    }

    private static double project(float[] f, int component, double firstShare) {
        double y = 0;
        for (int i = 0; i < LAGS; i++) {
            double q = f[EnsembleState.RING + i];
            if (component > 0) {
                q -= firstShare * f[row(0) + i];
            }
            y += f[row(component) + i] * q;
        }
        return y;
    }

    /** Sanger's rule for one component; earlier components were already turned. */
    private static void learn(double[] d, float[] f, int component, double rate, double clip) {
        double first = component == 0 ? 0 : project(f, 0, 0);
        double y = clip * project(f, component, first);
        double gain = Math.clamp(rate * y / d[POWER + component], -0.5, 0.5);
        double norm = 0;
        int row = row(component);
        for (int i = 0; i < LAGS; i++) {
            double q = f[EnsembleState.RING + i];
            if (component > 0) {
                q -= first * f[row(0) + i];
            }
            double w = f[row + i] + gain * (clip * q - y * f[row + i]);
            f[row + i] = (float) w;
            norm += w * w;
        }
        float scale = (float) (1 / Math.sqrt(Math.max(norm, 1e-12)));
        for (int i = 0; i < LAGS; i++) {
            f[row + i] *= scale;
        }
        d[POWER + component] =
                Math.max(1e-9, d[POWER + component] + rate * (y * y - d[POWER + component]));
    }
}
