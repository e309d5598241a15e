package dev.vedette.ingestion.remotewrite;

import dev.vedette.ingestion.SentSeries;
import dev.vedette.ingestion.body.BodyLimits;
import java.util.HashMap;
import java.util.Map;

/** Gathers the labels of a series that was not seen before. Not thread-safe. */
final class WireLabels {
    private static final String METRIC = "__name__";

    private final Map<String, String> labels = new HashMap<>();

    /**
     * Adds a label.
     *
     * @throws IllegalArgumentException when there are too many or the name is there already
     */
    void add(String name, String value) {
        if (labels.size() == BodyLimits.MAX_LABELS) {
            throw new IllegalArgumentException(
                    "the series has more than " + BodyLimits.MAX_LABELS + " labels");
        }
        if (labels.put(name, value) != null) {
            throw new IllegalArgumentException(
                    "the label '"
                            + name.substring(0, Math.min(40, name.length()))
                            + "' is there twice");
        }
    }

    /**
     * What they say. A label without a value is one that is absent, as everywhere in Prometheus.
     *
     * @throws IllegalArgumentException when the metric has no name
     */
    SentSeries.Said said(String unit) {
        String metric = labels.remove(METRIC);
        if (metric == null || metric.isBlank()) {
            throw new IllegalArgumentException("the labels have no " + METRIC);
        }
        labels.values().removeIf(String::isEmpty);
        return new SentSeries.Said(metric, labels, unit);
    }
}
