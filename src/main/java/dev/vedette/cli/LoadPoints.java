package dev.vedette.cli;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The points of one request: so many new ones of each of so many series.
 *
 * @param heads of all series there are, as the protocol writes them
 * @param first which of them is the request's first
 * @param series how many of them it has
 * @param each points of each series
 * @param firstMillis time of the first point of each
 */
record LoadPoints(List<byte[]> heads, int first, int series, int each, long firstMillis) {
    private static final long STEP_MILLIS = 10_000;

    /** What stands before the points of a series. */
    byte[] head(int index) {
        return heads.get((first + index) % heads.size());
    }

    /** Time of a series' point, milliseconds since 1970. */
    long time(int point) {
        return firstMillis + point * STEP_MILLIS;
    }

    /** A value, in hundredths: 0 to 99.99. */
    int hundredths() {
        return ThreadLocalRandom.current().nextInt(10_000);
    }

    /** How far apart requests for the same series lie. */
    static long span(int each) {
        return each * STEP_MILLIS;
    }
}
