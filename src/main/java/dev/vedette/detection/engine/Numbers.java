package dev.vedette.detection.engine;

/** Functions that the JDK lacks. */
final class Numbers {
    private Numbers() {}

    /** Inverse hyperbolic sine: linear near 0, logarithmic far out, signed. */
    static double asinh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), x);
    }

    /** The logistic function. */
    static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
