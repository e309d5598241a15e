package dev.vedette.detection;

import dev.vedette.series.Series;

/** Stored points of a series, for rebuilding an evaluator whose snapshot is lost. Blocking. */
@FunctionalInterface
public interface SeriesHistory {
    /**
     * The newest stored points of the series before that time, oldest first, bounded in number by
     * the implementation.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00Z, exclusive
     */
    PointReader.Points before(Series series, long epochMillis);
}
