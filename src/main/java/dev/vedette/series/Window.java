package dev.vedette.series;

/**
 * A stretch of a series looked at together. A view: nothing is copied until {@link #points()}.
 *
 * @param series the series it is cut from
 * @param from index of its first point, inclusive
 * @param to index after its last point, exclusive, above {@code from}: a window holds at least one
 *     point
 * @param range the time it covers; every point of it lies inside, and for windows by time so does
 *     no other
 * @param partial whether it is shorter than asked for because the series starts or ends inside it
 */
public record Window(MetricSeries series, int from, int to, TimeRange range, boolean partial) {
    /**
     * Validates the indices.
     *
     * @throws IllegalArgumentException when they hold no point or lie outside the series
     */
    public Window {
        if (from < 0 || to <= from || to > series.size()) {
            throw new IllegalArgumentException(
                    "window must hold points of its series of "
                            + series.size()
                            + ", is "
                            + from
                            + " to "
                            + to);
        }
    }

    /** How many points, at least 1. */
    public int size() {
        return to - from;
    }

    /** Its points as a series of their own. */
    public MetricSeries points() {
        return series.slice(from, to);
    }
}
