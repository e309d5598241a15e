package dev.vedette.dashboard;

import dev.vedette.aggregation.ScorePlace;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.Anomaly;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes the page of one node.
 *
 * @param visit who looks
 * @param series its series
 * @param lanes their scores over the window
 * @param whole the node's own
 * @param anomalies those of the window, newest first
 * @param judged the points of the window
 */
record NodeMaker(
        Visit visit,
        List<Series> series,
        List<ScoreQueries.Lane> lanes,
        List<ScoreQueries.Lane> whole,
        List<Anomaly> anomalies,
        Map<SeriesId, List<Judged>> judged) {
    private static final int TABLE = 10;

    NodeView view(String cluster, String node) {
        double peak = whole.isEmpty() ? 0 : whole.getFirst().peak();
        long open = anomalies.stream().filter(a -> a.result().open()).count();
        return new NodeView(
                cluster,
                node,
                headline(node, open),
                ScoreMark.of(peak, visit.language()),
                List.of(
                        visit.language().many("node.metrics", series.size()),
                        visit.language().say("node.highest"),
                        visit.language()
                                .say(
                                        "node.anomalies",
                                        anomalies.size(),
                                        counted().isMore()
                                                ? counted().text()
                                                : visit.language().count(anomalies.size()))),
                lanes.isEmpty() ? Optional.empty() : Optional.of(swimLanes(node)),
                series.stream()
                        .map(this::metric)
                        .sorted(
                                Comparator.comparingDouble(
                                                (NodeView.Metric m) -> -m.score().score())
                                        .thenComparing(NodeView.Metric::name))
                        .toList(),
                anomalies.stream().limit(TABLE).map(a -> AnomalyLine.of(a, visit.clock())).toList(),
                Links.anomaliesFile(cluster, node, Optional.empty(), visit.window().query()));
    }

    private String headline(String node, long open) {
        if (open == 0) {
            return visit.language().say("node.quiet", node);
        }
        return anomalies.stream()
                .filter(a -> a.result().open())
                .max(Comparator.comparingDouble(a -> a.result().anomalyScore()))
                .map(one -> Sentence.of(one, visit.clock()).text())
                .orElse("");
    }

    private SwimLanes swimLanes(String node) {
        int columns = lanes.getFirst().scores().length;
        float[] scores = whole.isEmpty() ? new float[columns] : whole.getFirst().scores();
        int[] open = whole.isEmpty() ? new int[columns] : whole.getFirst().anomalies();
        SwimLanes.Row overall =
                new SwimLanes.Row(
                        "",
                        visit.language().say("node.all", node),
                        "",
                        Scores.wide(scores),
                        counted());
        return SwimLanes.of(
                new SwimLanes.Subject(
                        overall, lanes.stream().map(this::row).toList(), open, series.size()),
                visit.cells(),
                visit.step(),
                visit.clock());
    }

    private SwimLanes.Row row(ScoreQueries.Lane lane) {
        Optional<Series> of = series.stream().filter(s -> isOf(s.key(), lane.place())).findFirst();
        long alarms =
                anomalies.stream()
                        .flatMap(a -> a.place().series().stream())
                        .filter(one -> isOf(one.key(), lane.place()))
                        .count();
        return new SwimLanes.Row(
                "",
                lane.place().metricName().orElse(""),
                of.map(s -> Links.series(s, visit.window().query())).orElse(""),
                Scores.wide(lane.scores()),
                counted().part(alarms));
    }

    private Tally counted() {
        return Tally.ofNewest(anomalies, NodeReader.ANOMALIES);
    }

    private static boolean isOf(SeriesKey key, ScorePlace place) {
        return place.metricName().equals(Optional.of(key.metricName()))
                && place.labels().equals(key.labels());
    }

    private NodeView.Metric metric(Series one) {
        List<Judged> points = judged.getOrDefault(one.id(), List.of());
        Figures figures = SeriesFigures.of(one, points, visit.language());
        double peak =
                lanes.stream()
                        .filter(lane -> isOf(one.key(), lane.place()))
                        .mapToDouble(ScoreQueries.Lane::peak)
                        .findFirst()
                        .orElse(0);
        boolean known = !points.isEmpty() && points.getLast().hasBand();
        return new NodeView.Metric(
                name(one.key()),
                Links.series(one, visit.window().query()),
                ScoreMark.of(peak, visit.language()),
                Sparkline.of(
                        points,
                        StrangeStretch.of(points),
                        new TimeAxis(visit.window().range(), visit.clock()),
                        320,
                        28),
                points.isEmpty()
                        ? visit.language().say("series.noPoints")
                        : figures.withUnit(points.getLast().value()),
                known
                        ? figures.range(points.getLast().lower(), points.getLast().upper())
                        : visit.language().say("chart.learning"));
    }

    /** A metric with the labels that tell two of one name apart. */
    static String name(SeriesKey key) {
        return key.labels().pairs().isEmpty()
                ? key.metricName()
                : key.metricName()
                        + key.labels().pairs().entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(", ", " {", "}"));
    }

    /** The series as one says it: its metric on its node. */
    static String on(Series series, Language language) {
        return language.say("incident.metricOn", name(series.key()), series.key().nodeId());
    }
}
