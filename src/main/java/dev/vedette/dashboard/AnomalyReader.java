package dev.vedette.dashboard;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads what the page of one anomaly shows. */
@ApplicationScoped
class AnomalyReader {
    private static final int POINTS = 20_000;
    private static final int FEW_POINTS = 4000;
    private static final int SIBLINGS = 5;
    private static final int MOVED = 6;
    private static final double MOVED_LEAST = 0.3;
    private static final Duration LEAST_BEFORE = Duration.ofHours(2);
    private static final Duration LEAST_AFTER = Duration.ofMinutes(30);

    private final AnomalyQueries anomalies;
    private final SeriesDirectory directory;
    private final ScoreQueries scores;
    private final Bands bands;
    private final FeedbackReader feedback;

    AnomalyReader(
            AnomalyQueries anomalies,
            SeriesDirectory directory,
            ScoreQueries scores,
            Bands bands,
            FeedbackReader feedback) {
        this.anomalies = anomalies;
        this.directory = directory;
        this.scores = scores;
        this.bands = bands;
        this.feedback = feedback;
    }

    /**
     * What surrounds an anomaly.
     *
     * @param anomaly itself
     * @param incident the one it belongs to; empty while it is in none
     * @param range what its chart shows
     * @param judged its points, and those of the others, in that range
     * @param siblings the same metric on other nodes, strangest first, with their scores
     * @param moved other series of the node, strangest first, with their scores
     */
    record Surroundings(
            Anomaly anomaly,
            Optional<UUID> incident,
            TimeRange range,
            Map<SeriesId, List<Judged>> judged,
            List<Scored> siblings,
            List<Scored> moved) {}

    /** A series with its highest score in the range and when that was. */
    record Scored(Series series, double score, Instant worstAt) {}

    /** Where else that anomaly is shown, as a payment's is on the payment's page; empty: here. */
    Uni<Optional<URI>> elsewhere(Visit visit, UUID id) {
        return anomalies
                .find(visit.tenant().id(), id)
                .map(found ->
                        found.filter(anomaly -> anomaly.place().payment().isPresent())
                                .map(anomaly -> URI.create(Links.anomaly(anomaly))));
    }

    /** The page of that anomaly; empty when the tenant has none of that id. */
    Uni<Optional<AnomalyView>> read(Visit visit, UUID id) {
        return anomalies
                .find(visit.tenant().id(), id)
                .chain(found ->
                        found.map(anomaly -> surroundings(visit, anomaly))
                                .map(around -> around.chain(s -> page(visit, s)))
                                .orElse(Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Optional<AnomalyView>> page(Visit visit, Surroundings around) {
        return feedback.of(visit, around.anomaly().id(), around.incident(), "")
                .map(corner -> Optional.of(new AnomalyMaker(visit, around, corner).view()));
    }

    /** What the chart shows: the anomaly with room before and after it, up to the present. */
    static TimeRange range(Anomaly anomaly, Instant now) {
        Instant start = anomaly.result().windowStart();
        Instant end = anomaly.result().open() ? now : anomaly.result().windowEnd();
        Duration length = Duration.between(start, end);
        Duration before = longer(length, LEAST_BEFORE);
        Duration after = longer(length.dividedBy(3), LEAST_AFTER);
        Instant to = end.plus(after).isAfter(now) ? now : end.plus(after);
        return new TimeRange(start.minus(before), to.isAfter(start) ? to : end.plus(after));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private Uni<Surroundings> surroundings(Visit visit, Anomaly anomaly) {
        TenantId tenant = visit.tenant().id();
        TimeRange range = range(anomaly, visit.clock().now());
        SeriesKey key = anomaly.lead().key();
        return Uni.combine()
                .all()
                .unis(
                        scored(
                                tenant,
                                question(
                                        range,
                                        key,
                                        Optional.empty(),
                                        Optional.of(key.metricName())),
                                SIBLINGS + 1),
                        scored(
                                tenant,
                                question(range, key, Optional.of(key.nodeId()), Optional.empty()),
                                MOVED + 1),
                        bands.judged(tenant, List.of(anomaly.lead()), range, POINTS),
                        anomalies.incidentsOf(tenant, List.of(anomaly.id())))
                .asTuple()
                .chain(parts ->
                        around(
                                anomaly,
                                Optional.ofNullable(parts.getItem4().get(anomaly.id())),
                                range,
                                others(parts.getItem1(), anomaly, SIBLINGS - 1, 0),
                                others(parts.getItem2(), anomaly, MOVED, MOVED_LEAST),
                                parts.getItem3()));
    }

    private Uni<Surroundings> around(
            Anomaly anomaly,
            Optional<UUID> incident,
            TimeRange range,
            List<Scored> siblings,
            List<Scored> moved,
            Map<SeriesId, List<Judged>> own) {
        List<Series> others = new ArrayList<>();
        siblings.forEach(one -> others.add(one.series()));
        moved.forEach(one -> others.add(one.series()));
        return bands.judged(
                        anomaly.place().tenant(),
                        others.stream().distinct().toList(),
                        range,
                        FEW_POINTS)
                .map(judged -> {
                    Map<SeriesId, List<Judged>> all = new java.util.HashMap<>(judged);
                    all.putAll(own);
                    return new Surroundings(anomaly, incident, range, all, siblings, moved);
                });
    }

    private static List<Scored> others(List<Scored> all, Anomaly anomaly, int most, double least) {
        return all.stream()
                .filter(one -> !one.series().id().equals(anomaly.lead().id()))
                .filter(one -> one.score() >= least)
                .limit(most)
                .toList();
    }

    // The ranking names places, the catalogue knows their series.
    private Uni<List<Scored>> scored(TenantId tenant, ScoreQueries.Question question, int most) {
        SeriesDirectory.Filter filter =
                new SeriesDirectory.Filter(
                        question.clusterId(), question.nodeId(), question.metricName(), Map.of());
        return Uni.combine()
                .all()
                .unis(scores.rank(tenant, question, most), directory.list(tenant, filter, 0, 1000))
                .asTuple()
                .map(parts -> matched(parts.getItem1(), parts.getItem2()));
    }

    private static List<Scored> matched(List<ScoreQueries.Ranked> ranked, List<Series> series) {
        List<Scored> scored = new ArrayList<>();
        for (ScoreQueries.Ranked rank : ranked) {
            series.stream()
                    .filter(one -> isOf(one.key(), rank))
                    .findFirst()
                    .ifPresent(one -> scored.add(new Scored(one, rank.score(), rank.worstAt())));
        }
        return scored;
    }

    private static boolean isOf(SeriesKey key, ScoreQueries.Ranked rank) {
        return rank.place().nodeId().equals(Optional.of(key.nodeId()))
                && rank.place().metricName().equals(Optional.of(key.metricName()))
                && rank.place().labels().equals(key.labels());
    }

    private static ScoreQueries.Question question(
            TimeRange range, SeriesKey key, Optional<String> node, Optional<String> metric) {
        return new ScoreQueries.Question(
                ScoreLevel.METRIC,
                Optional.of(key.clusterId()),
                node,
                metric,
                AggregationStrategy.MAX,
                Visit.cells(range, Duration.ofMinutes(5)));
    }
}
