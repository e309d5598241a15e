package dev.vedette.dashboard;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import java.util.ArrayList;
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
    private static final String PROMETHEUS = "/api/v1/prometheus";

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
                new AsCode(
                        visit.language().say("code.alert", PROMETHEUS),
                        rule(
                                selector(
                                        List.of(
                                                is("cluster_id", key.clusterId()),
                                                is("node_id", key.nodeId()),
                                                is("metric_name", key.metricName())),
                                        key.labels()),
                                threshold)));
    }

    /**
     * The rules of detection.
     *
     * @param rule the one that is looked at; empty: all of them
     */
    static List<AsCode> ofThresholds(
            Visit visit, List<ThresholdRule> rules, Optional<String> rule) {
        List<AsCode> code = new ArrayList<>();
        rule.ifPresent(name ->
                code.add(
                        new AsCode(
                                visit.language().say("code.rule"),
                                curl(visit, "/thresholds/" + Frames.encode(name)))));
        code.add(new AsCode(visit.language().say("code.rules"), curl(visit, "/thresholds")));
        List<ThresholdRule> shown =
                rules.stream().filter(one -> rule.map(one.name()::equals).orElse(true)).toList();
        if (!shown.isEmpty()) {
            code.add(
                    new AsCode(
                            visit.language()
                                    .say(rule.isPresent() ? "code.ruleYaml" : "code.rulesYaml"),
                            ThresholdCode.yaml(shown)));
        }
        return code;
    }

    /** A change on the past. */
    static List<AsCode> ofBacktest(Visit visit, ThresholdRule change, TimeRange range) {
        List<AsCode> code = new ArrayList<>();
        code.add(
                new AsCode(
                        visit.language().say("code.backtest"),
                        curl(
                                visit,
                                " -H 'Content-Type: application/json' \\\n  -d '"
                                        + ThresholdCode.backtest(change, range)
                                                .replace("'", "'\\''")
                                        + "'",
                                "/backtests")));
        code.add(
                new AsCode(
                        visit.language().say("code.changeYaml"),
                        ThresholdCode.yaml(List.of(change))));
        ThresholdCode.selector(change.scope())
                .ifPresent(selector ->
                        code.add(
                                new AsCode(
                                        visit.language().say("code.changeAlert", PROMETHEUS),
                                        rule(selector, ThresholdCode.threshold(change)))));
        return code;
    }

    // Anomalies are not told apart by labels.
    private static String unlabelled(String query) {
        return query.replaceAll("&label\\.[^&]*", "");
    }

    private static void add(StringJoiner query, String name, Optional<String> value) {
        value.ifPresent(text -> query.add(name + "=" + Frames.encode(text)));
    }

    private static String curl(Visit visit, String path) {
        return curl(visit, "", path);
    }

    private static String curl(Visit visit, String options, String path) {
        String url = visit.base() + "/api/v1" + path;
        return "curl -fsS -H \"Authorization: Bearer $VEDETTE_TOKEN\""
                + options
                + " \\\n  '"
                + url.replace("'", "%27")
                + "'";
    }

    /**
     * The scores of some series.
     *
     * @param matchers of labels to begin with
     * @param labels that each of them has
     */
    static String selector(List<String> matchers, Labels labels) {
        StringJoiner selector = new StringJoiner(",", "anomaly_score{", "}");
        matchers.forEach(selector::add);
        labels.pairs().forEach((name, value) -> selector.add(is(name, value)));
        return selector.toString();
    }

    /** The matcher of a label that has this value. */
    static String is(String name, String value) {
        return name + "=" + quoted(value);
    }

    private static String rule(String selector, double threshold) {
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

    /** A string of PromQL; control characters do not occur in names. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
