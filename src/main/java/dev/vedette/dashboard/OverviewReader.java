package dev.vedette.dashboard;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what the overview shows. */
@ApplicationScoped
class OverviewReader {
    /** Step of the clusters' trends. */
    static final Duration TREND_STEP = Duration.ofMinutes(30);

    private static final int LANES = 12;
    private static final int ALL_LANES = 200;

    /** Most open anomalies, and most of a window, that are looked at. */
    static final int MOST = 1000;

    private static final int SITUATIONS = 5;
    private static final Duration LOOK = Duration.ofHours(6);
    private static final int POINTS = 6000;

    private final ScoreQueries scores;
    private final AnomalyQueries anomalies;
    private final SeriesDirectory directory;
    private final Bands bands;

    OverviewReader(
            ScoreQueries scores, AnomalyQueries anomalies, SeriesDirectory directory, Bands bands) {
        this.scores = scores;
        this.anomalies = anomalies;
        this.directory = directory;
        this.bands = bands;
    }

    /**
     * The overview of that visit.
     *
     * @param level what the lanes are: {@link ScoreLevel#NODE} or {@link ScoreLevel#CLUSTER}
     * @param all whether all lanes are wanted
     */
    Uni<OverviewView> read(Visit visit, ScoreLevel level, boolean all) {
        return facts(visit, level, all ? ALL_LANES : LANES)
                .chain(facts -> {
                    List<OverviewFacts.Wrong> wrong =
                            facts.wrong().stream().limit(SITUATIONS).toList();
                    TimeRange look = look(visit);
                    return bands.judged(visit.tenant().id(), series(wrong), look, POINTS)
                            .map(judged ->
                                    new OverviewMaker(visit, facts, look, judged).view(level, all));
                });
    }

    // Sparklines end at the present, as the open anomalies do, whatever the page's window.
    private static TimeRange look(Visit visit) {
        return new TimeRange(visit.clock().now().minus(LOOK), visit.clock().now());
    }

    private static List<Series> series(List<OverviewFacts.Wrong> wrong) {
        return wrong.stream().map(one -> one.worst().lead()).distinct().toList();
    }

    private Uni<OverviewFacts> facts(Visit visit, ScoreLevel level, int lanes) {
        TenantId tenant = visit.tenant().id();
        TimeRange cells = visit.cells();
        TimeRange twoDays =
                Visit.cells(
                        new TimeRange(
                                visit.clock().now().minus(Duration.ofDays(2)), visit.clock().now()),
                        TREND_STEP);
        return Uni.combine()
                .all()
                .unis(
                        scores.lanes(tenant, Frames.wholeTenant(cells), visit.step(), 1),
                        scores.lanes(tenant, question(level, cells), visit.step(), lanes),
                        scores.rank(tenant, question(ScoreLevel.NODE, cells), lanes + 1),
                        scores.sizes(tenant, cells),
                        scores.lanes(
                                tenant, question(ScoreLevel.CLUSTER, twoDays), TREND_STEP, 100),
                        anomalies.list(tenant, open(), Optional.empty(), MOST),
                        anomalies.begun(tenant, begun(visit.window().range()), MOST),
                        anomalies.list(
                                tenant,
                                begun(visit.window().range()),
                                Optional.empty(),
                                OverviewMaker.TABLE),
                        anomalies.list(tenant, AnomalyQueries.Filter.ALL, Optional.empty(), 1),
                        directory.count(tenant))
                .with(OverviewFacts.class, OverviewReader::factsOf);
    }

    @SuppressWarnings("unchecked") // combine() of ten parts loses their types
    private static OverviewFacts factsOf(List<?> parts) {
        return new OverviewFacts(
                (List<ScoreQueries.Lane>) parts.get(0),
                (List<ScoreQueries.Lane>) parts.get(1),
                (List<ScoreQueries.Ranked>) parts.get(2),
                (List<ScoreQueries.ClusterSize>) parts.get(3),
                (List<ScoreQueries.Lane>) parts.get(4),
                (List<Anomaly>) parts.get(5),
                (List<AnomalyQueries.Begun>) parts.get(6),
                (List<Anomaly>) parts.get(7),
                (List<Anomaly>) parts.get(8),
                (Long) parts.get(9));
    }

    private static AnomalyQueries.Filter begun(TimeRange range) {
        return new AnomalyQueries.Filter(
                Optional.of(range.from()),
                Optional.of(range.to()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
    }

    private static AnomalyQueries.Filter open() {
        return new AnomalyQueries.Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.of(AnomalyStatus.OPEN),
                Optional.empty());
    }

    /** The strangest of that level in those cells. */
    static ScoreQueries.Question question(ScoreLevel level, TimeRange range) {
        return ScoreQueries.Question.of(level, AggregationStrategy.MAX, range);
    }
}
