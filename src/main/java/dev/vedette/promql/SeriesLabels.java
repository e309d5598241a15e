package dev.vedette.promql;

import dev.vedette.series.Series;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Series as labels. Names that Prometheus does not know are written as its OpenTelemetry receiver
 * writes them: each other character is an underscore. Pure.
 */
public final class SeriesLabels {
    /** The label with the cluster. */
    public static final String CLUSTER = "cluster_id";

    /** The label with the node. */
    public static final String NODE = "node_id";

    /** The label of a {@link ScoreMetric} with the name of the metric it is about. */
    public static final String METRIC = "metric_name";

    private static final Set<String> OWN = Set.of(CLUSTER, NODE, METRIC, LabelMatcher.NAME);

    private SeriesLabels() {}

    /** The labels of a series as it was sent. */
    public static SortedMap<String, String> of(Series series) {
        SortedMap<String, String> labels = placed(series);
        labels.put(LabelMatcher.NAME, metric(series.key().metricName()));
        return labels;
    }

    /** The labels of what this service says about a series. */
    public static SortedMap<String, String> of(Series series, ScoreMetric score) {
        SortedMap<String, String> labels = placed(series);
        labels.put(LabelMatcher.NAME, score.label());
        labels.put(METRIC, metric(series.key().metricName()));
        return labels;
    }

    private static SortedMap<String, String> placed(Series series) {
        SortedMap<String, String> labels = new TreeMap<>();
        series.key()
                .labels()
                .pairs()
                .forEach((name, value) -> {
                    if (!value.isEmpty()) {
                        labels.merge(label(name), value, (one, other) -> one + ";" + other);
                    }
                });
        labels.put(CLUSTER, series.key().clusterId());
        labels.put(NODE, series.key().nodeId());
        return labels;
    }

    /** The name of a metric; one that this service makes itself comes with a prefix. */
    public static String metric(String sent) {
        String name = known(sent, ":");
        boolean isOwn = ScoreMetric.of(name).isPresent() || name.equals(RollupScores.METRIC);
        return isOwn ? "exported_" + name : name;
    }

    private static String label(String sent) {
        String name = known(sent, "");
        return OWN.contains(name) ? "exported_" + name : name;
    }

    private static String known(String sent, String alsoAllowed) {
        StringBuilder name = new StringBuilder(sent.length() + 1);
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            if (i == 0 && isDigit) {
                name.append('_');
            }
            name.append(isDigit || isLetter || alsoAllowed.indexOf(c) >= 0 ? c : '_');
        }
        return name.toString();
    }
}
