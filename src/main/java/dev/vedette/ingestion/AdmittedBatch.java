package dev.vedette.ingestion;

import java.util.List;

/**
 * What admission let through, and what it refused.
 *
 * @param series the runs, at least one point each
 * @param epochMillis columns of all runs; handed over
 * @param values the same
 * @param duplicates points replaced by a later one of the same series and time in the request;
 *     counted as accepted
 * @param gaps stretches without points noted inside the runs
 * @param refusals what was refused; more may be added until the request is answered
 */
@SuppressWarnings("ArrayRecordComponent") // columns are the point of this type; never compared
record AdmittedBatch(
        List<AdmittedSeries> series,
        long[] epochMillis,
        double[] values,
        int duplicates,
        int gaps,
        Refusals refusals) {
    /** How many points are to be stored. */
    int size() {
        return series.isEmpty() ? 0 : series.getLast().end();
    }
}
