package dev.vedette.ingestion;

import java.util.Map;
import java.util.Optional;

/**
 * One series of a decoded request, not yet checked.
 *
 * @param pointer JSON pointer to it in the request
 * @param clusterId as sent; empty when absent
 * @param nodeId as sent; empty when absent
 * @param metricName as sent; empty when absent
 * @param labels as sent
 * @param unit as sent
 * @param start index of its first point in the batch's columns
 * @param end index just after its last point
 * @param fault what the decoder found wrong with the series as a whole
 */
public record IncomingSeries(
        String pointer,
        String clusterId,
        String nodeId,
        String metricName,
        Map<String, String> labels,
        Optional<String> unit,
        int start,
        int end,
        Optional<Refusal> fault) {
    /** How many points it has. */
    public int size() {
        return end - start;
    }
}
