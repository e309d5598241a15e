package dev.vedette.detection.engine;

/**
 * Random numbers whose state is one number, so that a snapshot can hold it.
 *
 * <p>Source: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA
 * 2014. The JDK's {@code SplittableRandom} is the same algorithm but keeps its state to itself.
 */
public final class SplitMix {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Starts from any number. */
    public SplitMix(long state) {
        this.state = state;
    }

    /** What a generator must be made with to go on as this one does. */
    public long state() {
        return state;
    }

    private long next() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0,1). */
    public double nextDouble() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in 0 to bound - 1, of a bound of 1 or more. */
    public int nextInt(int bound) {
        return (int) (nextDouble() * bound);
    }
}
