package dev.vedette.ingestion;

import java.util.stream.IntStream;

/** Lets tests of decoders see what they marked. */
public final class Faults {
    private Faults() {}

    /** How many points could not be read. */
    public static int count(IncomingPoints points) {
        return (int) IntStream.range(0, points.size()).filter(points::isFaulty).count();
    }
}
