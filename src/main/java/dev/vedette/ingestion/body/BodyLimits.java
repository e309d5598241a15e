package dev.vedette.ingestion.body;

/**
 * What one request may ask of the service's memory.
 *
 * @param maxBytes most bytes of the body once decompressed
 * @param maxRatio most decompressed bytes per compressed byte; checked beyond the first MiB
 * @param maxPoints most points in one request
 */
public record BodyLimits(long maxBytes, int maxRatio, int maxPoints) {
    /** 64 MiB, 200 times, a million points. */
    public static final BodyLimits DEFAULT = new BodyLimits(64L << 20, 200, 1_000_000);

    /** Most series of a request, those without points included. */
    public static final int MAX_SERIES = 200_000;

    /** Most labels that are looked at; a series may keep far fewer. */
    public static final int MAX_LABELS = 256;
}
