package dev.vedette;

/**
 * The seed that property tests take besides their fixed ones. A build tries the same every time, so
 * that it fails for what was changed and not by chance; the weekly workflow draws a new one with
 * {@code -Dseed=random}, and {@code -Dseed=4711} repeats a run that failed.
 */
public final class Seeds {
    private static final long USUAL = 20_261_122L;
    private static final long EXPLORED = chosen(System.getProperty("seed", ""));

    private Seeds() {}

    /** The same for all tests of a run; printed when it is not the usual one. */
    public static long explored() {
        return EXPLORED;
    }

    private static long chosen(String property) {
        return switch (property) {
            case "" -> USUAL;
            case "random" -> told(System.nanoTime());
            default -> told(Long.parseLong(property));
        };
    }

    private static long told(long seed) {
        System.out.println("seed of this run: -Dseed=" + seed);
        return seed;
    }
}
