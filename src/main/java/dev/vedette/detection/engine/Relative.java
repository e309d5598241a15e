package dev.vedette.detection.engine;

/** A non-negative quantity over its own slow, clipped mean. */
final class Relative {
    /** Largest ratio. */
    static final int MAX = 50;

    private static final double MEMORY = 3000;

    private Relative() {}

    /** The ratio, 0 to {@value #MAX}, 0 for the first points; then learns the quantity. */
    static double update(double[] d, int slot, double quantity) {
        double t = d[Pace.POINTS];
        double scale = d[slot];
        double ratio =
                t <= 8 || quantity == 0 ? 0 : Math.min(quantity / Math.max(scale, 1e-9), MAX);
        double limit = t > 50 && scale > 0 ? 4 * scale : Double.MAX_VALUE;
        d[slot] += Math.max(1 / MEMORY, 1 / (t + 1)) * (Math.min(quantity, limit) - scale);
        return ratio;
    }
}
