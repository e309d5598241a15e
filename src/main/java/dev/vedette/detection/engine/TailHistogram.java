package dev.vedette.detection.engine;

/**
 * How rare a non-negative quantity is on this series: counts in {@value #BINS} logarithmic bins
 * over 0.001 to 1000, halved when full, and beyond the upper {@value #TAIL_SHARE} an exponential
 * law of the logarithms.
 *
 * <p>Sources: B. M. Hill, "A Simple General Approach to Inference About the Tail of a
 * Distribution", Annals of Statistics 1975; A. Siffer et al., "Anomaly Detection in Streams with
 * Extreme Value Theory", KDD 2017 (peaks over a moving threshold). We differ in keeping counts
 * only, so that the tail costs no memory of its own. Cost: O(bins) per point, {@value #SHORTS}
 * counts.
 */
final class TailHistogram {
    static final int BINS = 40;
    static final int SHORTS = BINS + 1;

    private static final int PER_DECADE = 8;
    private static final double LOWEST = 0.01;
    private static final double TAIL_SHARE = 0.02;
    private static final int FULL = 8192;
    private static final int SILENT = 20;

    /** What the tail's law is before it has points: weight and sum of excess logarithms. */
    private static final double PRIOR_WEIGHT = 2;

    private static final double PRIOR_EXCESS = 0.7;
    private static final double LEAST_SLOPE = 0.05;
    private static final double BIN_WIDTH = Math.log(10) / PER_DECADE;

    private TailHistogram() {}

    /**
     * Minus the decimal logarithm of the share of points at least as large, 0 to the cap, 0 for the
     * first points; then counts the quantity.
     *
     * @param c holds {@value #SHORTS} counts from {@code at}
     */
    static double update(short[] c, int at, double quantity, double cap) {
        double position = position(quantity);
        double rarity = rarity(c, at, position, cap);
        count(c, at, bin(position));
        return rarity;
    }

    /** The same without counting the quantity. */
    static double rarityOf(short[] c, int at, double quantity, double cap) {
        return rarity(c, at, position(quantity), cap);
    }

    /** Counts the quantity. */
    static void count(short[] c, int at, double quantity) {
        count(c, at, bin(position(quantity)));
    }

    /** In bins from the lowest one's lower edge. */
    private static double position(double quantity) {
        return (Math.log10(quantity + LOWEST) + 2) * PER_DECADE;
    }

    private static int bin(double position) {
        return Math.clamp((int) position, 0, BINS - 1);
    }

    private static double rarity(short[] c, int at, double position, double cap) {
        boolean silent = c[at + BINS] < SILENT;
        return silent ? 0 : Math.max(Math.min(surprise(c, at, position, bin(position)), cap), 0);
    }

    private static double surprise(short[] c, int at, double position, int bin) {
        int total = c[at + BINS];
        int above = 0;
        double excess = 0;
        // Down from the top to the bin where the tail starts.
        int tailFrom = (int) Math.ceil(TAIL_SHARE * total);
        int i = BINS - 1;
        for (; i > 0; i--) {
            int mass = above + c[at + i];
            if (mass >= tailFrom) {
                break;
            }
            above = mass;
        }
        if (bin <= i) {
            for (; i > bin; i--) {
                above += c[at + i];
            }
            // From above the tail's cut nothing was counted yet for the own bin.
            double own = bin == i ? c[at + bin] * (1 - Math.min(position - bin, 1)) : 0;
            return -Math.log10(Math.min(1, (above + Math.max(own, 0) + 0.5) / (total + 1.0)));
        }
        for (int k = BINS - 1; k >= i; k--) {
            excess += c[at + k] * (k - i + 0.5) * BIN_WIDTH;
        }
        double tail = Math.max(above + c[at + i], 0.5);
        double slope = Math.max(LEAST_SLOPE, (excess + PRIOR_EXCESS) / (tail + PRIOR_WEIGHT));
        double far = (position - i) * BIN_WIDTH;
        return -Math.log10(tail / total) + far / slope / Math.log(10);
    }

    private static void count(short[] c, int at, int bin) {
        if (c[at + BINS] >= FULL) {
            int total = 0;
            for (int i = 0; i < BINS; i++) {
                c[at + i] >>= 1;
                total += c[at + i];
            }
            c[at + BINS] = (short) total;
        }
        c[at + bin]++;
        c[at + BINS]++;
    }
}
