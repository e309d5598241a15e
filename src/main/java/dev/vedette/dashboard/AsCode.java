package dev.vedette.dashboard;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What a page shows, as text for a shell or a file.
 *
 * @param title what it is for
 * @param text ready to be copied
 */
public record AsCode(String title, String text) {
    /** The list of series of a page. */
    static List<AsCode> ofList(Visit visit, SeriesDirectory.Filter filter) {
        StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
        add(query, "cluster_id", filter.clusterId());
        add(query, "node_id", filter.nodeId());
        add(query, "metric_name", filter.metricName());
        return List.of(
                new AsCode(visit.language().say("code.series"), curl(visit, "/series" + query)));
    }

    /** One series in the window of a page. */
    static List<AsCode> ofSeries(Visit visit, SeriesKey key, double threshold) {
        TimeRange range = visit.window().range();
        StringJoiner place = new StringJoiner("&", "?", "");
        add(place, "cluster_id", Optional.of(key.clusterId()));
        add(place, "node_id", Optional.of(key.nodeId()));
        add(place, "metric_name", Optional.of(key.metricName()));
        key.labels()
                .pairs()
                .forEach((name, value) ->
                        add(place, "label." + Frames.encode(name), Optional.of(value)));
        String within = place + "&from=" + range.from() + "&to=" + range.to();
        return List.of(
                new AsCode(
                        visit.language().say("code.points"),
                        curl(visit, "/metrics" + within + "&band=true")),
                new AsCode(
                        visit.language().say("code.anomalies"),
                        curl(visit, "/anomalies" + unlabelled(within))),
                new AsCode(visit.language().say("code.alert", PROMETHEUS), rule(key, threshold)));
    }

    /** The rules of detection. */
    static List<AsCode> ofThresholds(Visit visit, Optional<String> rule) {
        AsCode all = new AsCode(visit.language().say("code.rules"), curl(visit, "/thresholds"));
        return rule.map(name ->
                        List.of(
                                new AsCode(
                                        visit.language().say("code.rule"),
                                        curl(visit, "/thresholds/" + Frames.encode(name))),
                                all))
                .orElse(List.of(all));
    }

    private static final String PROMETHEUS = "/api/v1/prometheus";

    // Anomalies are not told apart by labels.
    private static String unlabelled(String query) {
        return query.replaceAll("&label\\.[^&]*", "");
    }

    private static void add(StringJoiner query, String name, Optional<String> value) {
        value.ifPresent(text -> query.add(name + "=" + Frames.encode(text)));
    }

    private static String curl(Visit visit, String path) {
        String url = visit.base() + "/api/v1" + path;
        return "curl -fsS -H \"Authorization: Bearer $VEDETTE_TOKEN\" \\\n  '"
                + url.replace("'", "%27")
                + "'";
    }

    private static String rule(SeriesKey key, double threshold) {
        StringJoiner selector = new StringJoiner(",", "anomaly_score{", "}");
        selector.add("cluster_id=" + quoted(key.clusterId()));
        selector.add("node_id=" + quoted(key.nodeId()));
        selector.add("metric_name=" + quoted(key.metricName()));
        key.labels().pairs().forEach((name, value) -> selector.add(name + "=" + quoted(value)));
        return """
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata:
          name: vedette-series
        spec:
          groups:
            - name: vedette-series
              rules:
                - alert: SeriesIsStrange
                  expr: |-
                    max_over_time(%s[5m]) >= %s
                  for: 5m
                  labels:
                    severity: warning
                  annotations:
                    summary: "{{ $labels.metric_name }} on {{ $labels.node_id }} is strange"
        """
                .formatted(selector, String.format(Locale.ROOT, "%.2f", threshold))
                .strip();
    }

    // A string of PromQL; control characters do not occur in names.
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
