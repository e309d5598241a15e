package dev.vedette.dashboard;

import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.Anomaly;
import dev.vedette.incident.Incident;
import dev.vedette.series.MetricPoint;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What stands in the files that pages offer, column by column. */
final class ExportFiles {
    private static final CsvColumns<Anomaly> ANOMALIES =
            new CsvColumns<Anomaly>()
                    .with("id", Anomaly::id)
                    .with("start", one -> one.result().windowStart())
                    .with("end", one -> one.result().windowEnd())
                    .with("cluster", one -> one.place().clusterId())
                    .with("node", one -> one.place().nodeId())
                    .with("metric", one -> one.place().metricName().orElse(""))
                    .with("score", one -> one.result().anomalyScore())
                    .with("label", one -> one.result().label().label())
                    .with("kind", one -> one.result().kind().label())
                    .with("status", one -> one.status().label())
                    .with("explanation", Anomaly::explanation);

    private static final CsvColumns<Incident> INCIDENTS =
            new CsvColumns<Incident>()
                    .with("id", Incident::id)
                    .with("start", Incident::startedAt)
                    .with("last", Incident::lastAt)
                    .with("title", Incident::title)
                    .with("score", Incident::score)
                    .with("status", one -> one.status().label())
                    .with("cluster", one -> one.origin().clusterId())
                    .with("node", one -> one.origin().nodeId())
                    .with("nodes", Incident::nodes)
                    .with("metrics", Incident::metrics)
                    .with("anomalies", Incident::anomalies);

    private static final CsvColumns<Place> RANKING =
            new CsvColumns<Place>()
                    .with("rank", Place::rank)
                    .with("cluster", one -> one.of().place().clusterId().orElse(""))
                    .with("node", one -> one.of().place().nodeId().orElse(""))
                    .with("score", one -> one.of().score())
                    .with("metrics", one -> one.of().numMetricsAnalyzed())
                    .with("anomalies", one -> one.of().numAnomaliesDetected())
                    .with("worst_at", one -> one.of().worstAt())
                    .with("leading_metric", one -> one.of().leadingMetric().orElse(""));

    private ExportFiles() {}

    private record Place(int rank, ScoreQueries.Ranked of) {}

    /** Anomalies of metrics. */
    static Csv anomalies(List<Anomaly> found) {
        return ANOMALIES.of(found);
    }

    static Csv incidents(List<Incident> found) {
        return INCIDENTS.of(found);
    }

    /** Nodes, the strangest first. */
    static Csv ranking(List<ScoreQueries.Ranked> found) {
        return RANKING.of(
                IntStream.range(0, found.size())
                        .mapToObj(i -> new Place(i + 1, found.get(i)))
                        .toList());
    }

    /** Series with the last point of each that has one. */
    static Csv series(List<Series> found, Map<SeriesId, MetricPoint> last) {
        return new CsvColumns<Series>()
                .with("cluster", one -> one.key().clusterId())
                .with("node", one -> one.key().nodeId())
                .with("metric", one -> NodeMaker.name(one.key()))
                .with("unit", one -> one.unit().orElse(""))
                .with(
                        "last_value",
                        one -> point(last, one).map(MetricPoint::value).orElse(Double.NaN))
                .with(
                        "last_time",
                        one -> point(last, one).map(p -> p.timestamp().toString()).orElse(""))
                .of(found);
    }

    private static Optional<MetricPoint> point(Map<SeriesId, MetricPoint> last, Series one) {
        return Optional.ofNullable(last.get(one.id()));
    }
}
