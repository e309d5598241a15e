package dev.vedette.simulation;

/**
 * Randomness that can be asked for at any point: the n-th number of a stream costs the same as the
 * first. A stream is a key; its n-th number is the SplitMix64 output function of {@code key + n γ}:
 * what a {@link java.util.SplittableRandom} seeded with the key would give as its n-th, without the
 * numbers before it.
 *
 * <p>Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators",
 * OOPSLA 2014, figure 15 with the constants of Stafford's variant 13. Logarithms are those of
 * {@link StrictMath}, so that machines agree on every bit.
 */
final class Noise {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Noise() {}

    /** The n-th number of that stream, all 64 bits random. */
    static long bits(long key, long n) {
        long z = key + n * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A stream of its own for the n-th part of something. */
    static long split(long key, long n) {
        return bits(bits(key, n) ^ 0x6a09e667f3bcc908L, 1);
    }

    /** The n-th number of that stream as a share in (0,1). */
    static double uniform(long key, long n) {
        return ((bits(key, n) >>> 11) + 0.5) * 0x1p-53;
    }

    /** A whole number from 0 to {@code bound} − 1. */
    static int below(int bound, long key, long n) {
        return (int) (uniform(key, n) * bound);
    }

    /** The n-th number of that stream as a draw from the standard normal distribution. */
    static double normal(long key, long n) {
        return normalQuantile(uniform(key, n));
    }

    /**
     * Standard normal noise that is the same at neighbouring times and another after {@code
     * periodMillis}: values at multiples of the period, joined smoothly. Stands in for a random
     * walk, which could not be asked for at any point.
     */
    static double wander(long key, long epochMillis, long periodMillis) {
        long cell = Math.floorDiv(epochMillis, periodMillis);
        double share = (double) (epochMillis - cell * periodMillis) / periodMillis;
        double weight = share * share * (3 - 2 * share);
        double mixed = normal(key, cell) * (1 - weight) + normal(key, cell + 1) * weight;
        // A mix of two independent normals has less spread than each; put it back.
        return mixed / Math.sqrt((1 - weight) * (1 - weight) + weight * weight);
    }

    /**
     * The value below which a standard normal variable lies with that probability, right to about
     * seven digits.
     *
     * <p>Source: M. J. Wichura, "Algorithm AS 241: The Percentage Points of the Normal
     * Distribution", Applied Statistics 37 (1988) 477–484, PPND7.
     */
    static double normalQuantile(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= 0.425) {
            double r = 0.180625 - q * q;
            return q
                    * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
                    / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
        }
        return Math.copySign(tail(Math.sqrt(-StrictMath.log(Math.min(p, 1 - p)))), q);
    }

    private static double tail(double size) {
        if (size <= 5) {
            double r = size - 1.6;
            return (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
                    / ((0.12021132975 * r + 0.73700164250) * r + 1);
        }
        double r = size - 5;
        return (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
                / ((0.012258202635 * r + 0.24197894225) * r + 1);
    }
}
