package dev.vedette.detection.rest;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.http.ProblemException;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the parameters that say which series are meant. */
public final class SeriesFilters {
    private static final String LABEL = "label.";

    private SeriesFilters() {}

    /** The filter of those parameters; {@code label.<name>=<value>} are taken from the address. */
    public static SeriesDirectory.Filter of(
            Optional<String> clusterId,
            Optional<String> nodeId,
            Optional<String> metricName,
            UriInfo uri) {
        Map<String, String> labels = new TreeMap<>();
        uri.getQueryParameters()
                .forEach((name, values) -> {
                    if (name.startsWith(LABEL)) {
                        if (values.size() != 1) {
                            throw ProblemException.invalid(
                                    "?" + name,
                                    "repeated",
                                    name
                                            + " must be there once, is there "
                                            + values.size()
                                            + " times",
                                    "send one value per label");
                        }
                        labels.put(name.substring(LABEL.length()), values.getFirst());
                    }
                });
        return new SeriesDirectory.Filter(clusterId, nodeId, metricName, labels);
    }
}
