package dev.vedette.ingestion;

import java.util.Arrays;

/** Notices stretches without points inside a run that otherwise has a steady step. */
final class Gaps {
    /** Fewer points say nothing about the usual step. */
    private static final int MIN_POINTS = 5;

    /** A step this many times the usual one is a gap: one late point is not, two missing are. */
    private static final int FACTOR = 3;

    private Gaps() {}

    /**
     * How many steps between neighbours are at least three times the median step.
     *
     * @param epochMillis ascending from {@code start} to {@code end}; not modified
     */
    static int count(long[] epochMillis, int start, int end) {
        if (end - start < MIN_POINTS) {
            return 0;
        }
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = start + 1; i < end; i++) {
            long step = epochMillis[i] - epochMillis[i - 1];
            shortest = Math.min(shortest, step);
            longest = Math.max(longest, step);
        }
        // No step can reach three times the median when none reaches three times the shortest.
        return longest < FACTOR * shortest ? 0 : countLong(epochMillis, start, end);
    }

    private static int countLong(long[] epochMillis, int start, int end) {
        long[] steps = new long[end - start - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = epochMillis[start + i + 1] - epochMillis[start + i];
        }
        Arrays.sort(steps);
        long limit = FACTOR * steps[steps.length / 2];
        return (int) Arrays.stream(steps).filter(step -> step >= limit).count();
    }
}
