package dev.vedette.detection.engine;

/**
 * How far a short vector lies from all that the series has shown: a bounded set of prototypes with
 * counts, max-norm distance. A vector within the vigilance radius of a prototype joins it; another
 * takes a free place, or that of the prototype least used for its age.
 *
 * <p>Source: the leader algorithm, J. A. Hartigan, "Clustering Algorithms" (1975), with a bounded
 * set and forgetting added. Cost: O(prototypes) per point.
 */
final class Novelty {
    private static final double AGE = 2000;

    private Novelty() {}

    /** Size of a table of so many prototypes. */
    static int floats(int dimensions, int prototypes) {
        return (dimensions + 2) * prototypes;
    }

    /** The distance of a pair, 0 while nothing is known; then learns it. */
    static double update(
            EnsembleState state, int at, int prototypes, double radius, double a, double b) {
        float[] f = state.f;
        float t = (float) state.d[Pace.POINTS];
        int nearest = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0, p = at; i < prototypes && f[p + 2] > 0; i++, p += 4) {
            double distance = Math.max(Math.abs(f[p] - a), Math.abs(f[p + 1] - b));
            if (distance < least) {
                least = distance;
                nearest = p;
            }
        }
        if (nearest >= 0 && least < radius) {
            float count = Math.min(f[nearest + 2] + 1, 1e6f);
            double rate = Math.max(0.02, 1.0 / count);
            f[nearest] += (float) (rate * (a - f[nearest]));
            f[nearest + 1] += (float) (rate * (b - f[nearest + 1]));
            f[nearest + 2] = count;
            f[nearest + 3] = t;
            return least;
        }
        int p = place(f, at, prototypes, 4, t);
        f[p] = (float) a;
        f[p + 1] = (float) b;
        f[p + 2] = 1;
        f[p + 3] = t;
        return nearest < 0 ? 0 : least;
    }

    /** The distance of a single value, 0 while nothing is known; then learns it. */
    static double update(EnsembleState state, int at, int prototypes, double radius, double a) {
        float[] f = state.f;
        float t = (float) state.d[Pace.POINTS];
        int nearest = -1;
        double least = Double.MAX_VALUE;
        for (int i = 0, p = at; i < prototypes && f[p + 1] > 0; i++, p += 3) {
            double distance = Math.abs(f[p] - a);
            if (distance < least) {
                least = distance;
                nearest = p;
            }
        }
        if (nearest >= 0 && least < radius) {
            float count = Math.min(f[nearest + 1] + 1, 1e6f);
            f[nearest] += (float) (Math.max(0.02, 1.0 / count) * (a - f[nearest]));
            f[nearest + 1] = count;
            f[nearest + 2] = t;
            return least;
        }
        int p = place(f, at, prototypes, 3, t);
        f[p] = (float) a;
        f[p + 1] = 1;
        f[p + 2] = t;
        return nearest < 0 ? 0 : least;
    }

    /** A free place, or that of the prototype least used for its age. */
    private static int place(float[] f, int at, int prototypes, int width, float t) {
        int worst = at;
        double least = Double.MAX_VALUE;
        for (int i = 0, p = at; i < prototypes; i++, p += width) {
            float count = f[p + width - 2];
            if (count == 0) {
                return p;
            }
            double use = count / (1 + (t - f[p + width - 1]) / AGE);
            if (use < least) {
                least = use;
                worst = p;
            }
        }
        return worst;
    }
}
