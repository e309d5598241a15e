package dev.vedette.timescale;

/**
 * Numbers with few decimals as whole numbers: {@code value = n / 10^scale}. Metrics are mostly
 * written with some decimals, and whole numbers take fewer bytes than doubles. Only taken where the
 * division gives back every bit: dividing by a power of ten up to 10^22 rounds as reading the
 * decimal text does.
 */
final class Decimals {
    /** Most decimals looked for. */
    static final int MOST = 6;

    /** Beyond it a double does not hold every whole number. */
    private static final double LARGEST = 1L << 53;

    private static final double[] POWERS = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};

    private Decimals() {}

    /** Fewest decimals that hold all of them, 0 to {@value #MOST}; −1 when none does. */
    static int scale(double[] values, int from, int to) {
        int scale = 0;
        for (int i = from; i < to; i++) {
            while (!holds(values[i], scale)) {
                if (++scale > MOST) {
                    return -1;
                }
                // A scale that holds more decimals holds fewer, too, unless the number grew too
                // large: then this one is met again below.
            }
        }
        for (int i = from; scale > 0 && i < to; i++) {
            if (!holds(values[i], scale)) {
                return -1;
            }
        }
        return scale;
    }

    /** The whole number that stands for a value which that scale holds. */
    static long scaled(double value, int scale) {
        return (long) Math.rint(value * POWERS[scale]);
    }

    /** The value that a whole number stands for. */
    static double value(long scaled, int scale) {
        return scaled / POWERS[scale];
    }

    /** The nearest value with so many decimals; the value itself where that is beyond a double. */
    static double rounded(double value, int scale) {
        double scaled = Math.rint(value * POWERS[scale]);
        return Math.abs(scaled) < LARGEST ? (long) scaled / POWERS[scale] : value;
    }

    // NaN, infinities and −0.0 are held by no scale.
    private static boolean holds(double value, int scale) {
        double scaled = Math.rint(value * POWERS[scale]);
        return Math.abs(scaled) < LARGEST
                && Double.doubleToRawLongBits((long) scaled / POWERS[scale])
                        == Double.doubleToRawLongBits(value);
    }
}
