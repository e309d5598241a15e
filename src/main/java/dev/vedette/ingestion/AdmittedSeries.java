package dev.vedette.ingestion;

import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import java.util.Optional;

/**
 * A run of points that passed every check; sorted by time, one per time.
 *
 * @param sent as it was sent
 * @param key its identity
 * @param start index of its first point in the admitted columns
 * @param end index just after its last point, above {@code start}
 */
record AdmittedSeries(IncomingSeries sent, SeriesKey key, int start, int end) {
    /** The unit as sent. */
    Optional<String> unit() {
        return sent.unit();
    }

    /** What is known of it already; empty when the catalogue has to be asked. */
    Optional<Series> known() {
        SentIdentity identity = sent.identity();
        return identity == null ? Optional.empty() : identity.series();
    }

    /** Remembers what the catalogue said of it. */
    void found(Optional<Series> series) {
        SentIdentity identity = sent.identity();
        if (identity != null) {
            identity.found(series);
        }
    }

    /** How many points it has. */
    int size() {
        return end - start;
    }
}
