package dev.vedette.ingestion;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * @param identity what it is, when the decoder knows it from bytes seen before; then the names and
 *     labels are empty here, and sound
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
        Optional<Refusal> fault,
        @Nullable SentIdentity identity) {
    /** One whose names and labels stand here. */
    public IncomingSeries(
            String pointer,
            String clusterId,
            String nodeId,
            String metricName,
            Map<String, String> labels,
            Optional<String> unit,
            int start,
            int end,
            Optional<Refusal> fault) {
        this(pointer, clusterId, nodeId, metricName, labels, unit, start, end, fault, null);
    }

    /** A sound one that is known by its bytes. */
    public static IncomingSeries known(SentIdentity identity, int start, int end) {
        return new IncomingSeries(
                "", "", "", "", Map.of(), identity.unit(), start, end, Optional.empty(), identity);
    }

    /** One that cannot be an identity. */
    public static IncomingSeries faulty(Refusal fault, int start, int end) {
        return new IncomingSeries(
                fault.pointer(),
                "",
                "",
                "",
                Map.of(),
                Optional.empty(),
                start,
                end,
                Optional.of(fault));
    }

    /** How many points it has. */
    public int size() {
        return end - start;
    }

    /** Where it stands in the request, in the protocol's own way of saying so. */
    @Override
    public String pointer() {
        return identity == null ? pointer : SeriesText.of(identity.key());
    }
}
