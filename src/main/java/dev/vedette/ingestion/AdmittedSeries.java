package dev.vedette.ingestion;

import dev.vedette.series.SeriesKey;
import java.util.Optional;

/**
 * A run of points that passed every check; sorted by time, one per time.
 *
 * @param pointer JSON pointer to the series in the request
 * @param key its identity
 * @param unit as sent
 * @param start index of its first point in the admitted columns
 * @param end index just after its last point, above {@code start}
 */
record AdmittedSeries(String pointer, SeriesKey key, Optional<String> unit, int start, int end) {
    /** How many points it has. */
    int size() {
        return end - start;
    }
}
