package dev.vedette.dashboard;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the page of one node shows. */
@ApplicationScoped
class NodeReader {
    /** Most anomalies of a window that are looked at. */
    static final int ANOMALIES = 100;

    private static final int METRICS = 60;
    private static final int POINTS = 5000;
    private static final int FEW_POINTS = 2500;

    private final ScoreQueries scores;
    private final AnomalyQueries anomalies;
    private final SeriesDirectory directory;
    private final Bands bands;

    NodeReader(
            ScoreQueries scores, AnomalyQueries anomalies, SeriesDirectory directory, Bands bands) {
        this.scores = scores;
        this.anomalies = anomalies;
        this.directory = directory;
        this.bands = bands;
    }

    /** The page of that node; empty when the tenant has no series there. */
    Uni<Optional<NodeView>> read(Visit visit, String cluster, String node) {
        SeriesDirectory.Filter filter =
                new SeriesDirectory.Filter(
                        Optional.of(cluster), Optional.of(node), Optional.empty(), Map.of());
        return directory
                .list(visit.tenant().id(), filter, 0, METRICS)
                .chain(series ->
                        series.isEmpty()
                                ? Uni.createFrom().item(Optional.<NodeView>empty())
                                : view(visit, cluster, node, series).map(Optional::of));
    }

    private Uni<NodeView> view(Visit visit, String cluster, String node, List<Series> series) {
        TenantId tenant = visit.tenant().id();
        ScoreQueries.Question question =
                new ScoreQueries.Question(
                        ScoreLevel.METRIC,
                        Optional.of(cluster),
                        Optional.of(node),
                        Optional.empty(),
                        AggregationStrategy.MAX,
                        visit.cells());
        ScoreQueries.Question whole =
                new ScoreQueries.Question(
                        ScoreLevel.NODE,
                        Optional.of(cluster),
                        Optional.of(node),
                        Optional.empty(),
                        AggregationStrategy.MAX,
                        visit.cells());
        int points = series.size() > 12 ? FEW_POINTS : POINTS;
        TimeRange range = visit.window().range();
        return Uni.combine()
                .all()
                .unis(
                        scores.lanes(tenant, question, visit.step(), METRICS),
                        scores.lanes(tenant, whole, visit.step(), 1),
                        anomalies.list(
                                tenant,
                                filter(range, cluster, node, Optional.empty()),
                                Optional.empty(),
                                ANOMALIES),
                        bands.judged(tenant, series, range, points))
                .asTuple()
                .map(parts ->
                        new NodeMaker(
                                        visit,
                                        series,
                                        parts.getItem1(),
                                        parts.getItem2(),
                                        parts.getItem3(),
                                        parts.getItem4())
                                .view(cluster, node));
    }

    static AnomalyQueries.Filter filter(
            TimeRange range, String cluster, String node, Optional<String> metric) {
        return new AnomalyQueries.Filter(
                Optional.of(range.from()),
                Optional.of(range.to()),
                Optional.of(cluster),
                Optional.of(node),
                metric,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.of(AnomalySource.METRIC));
    }
}
