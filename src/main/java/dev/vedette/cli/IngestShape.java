package dev.vedette.cli;

/**
 * What a benchmark of ingestion sends.
 *
 * @param protocol how
 * @param series how many series
 * @param points how many points are measured
 * @param pointsPerSeries points of a series in one request
 * @param clients requests under way at once
 */
record IngestShape(
        LoadProtocol protocol, int series, int points, int pointsPerSeries, int clients) {
    /** Points of a request at saturation. */
    static final int POINTS_PER_REQUEST = 10_000;

    /** Points of a request when latency is measured at half load. */
    static final int POINTS_PER_SMALL_REQUEST = 1_000;

    /** How many requests the points are. */
    int requests() {
        return Math.max(1, points / POINTS_PER_REQUEST);
    }
}
