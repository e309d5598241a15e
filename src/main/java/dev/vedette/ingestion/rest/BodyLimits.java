package dev.vedette.ingestion.rest;

/**
 * What one request may ask of the service's memory.
 *
 * @param maxBytes most bytes of the body once decompressed
 * @param maxRatio most decompressed bytes per compressed byte; checked beyond the first MiB
 * @param maxPoints most points in one request
 */
record BodyLimits(long maxBytes, int maxRatio, int maxPoints) {
    static final BodyLimits DEFAULT = new BodyLimits(64L << 20, 200, 1_000_000);
}
