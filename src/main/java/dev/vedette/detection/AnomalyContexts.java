package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What surrounds an anomaly: the points before and after it, and what else was strange then. */
@ApplicationScoped
public class AnomalyContexts {
    private static final int MOST_RELATED = 50;
    private static final int MOST_SIBLINGS = 200;
    private static final Duration SLACK = Duration.ofMinutes(10);
    private static final Duration SHORTEST_LEAD = Duration.ofHours(1);
    private static final Duration LONGEST_LEAD = Duration.ofDays(1);

    private final AnomalyQueries anomalies;
    private final SeriesDirectory directory;
    private final PointJudge judge;

    AnomalyContexts(AnomalyQueries anomalies, SeriesDirectory directory, PointJudge judge) {
        this.anomalies = anomalies;
        this.directory = directory;
        this.judge = judge;
    }

    /**
     * An anomaly and what surrounds it.
     *
     * @param anomaly the anomaly
     * @param points the series' points from before its start to after its end, with their bands;
     *     none of a payment
     * @param contributors anomalies of other metrics of the node at that time, of a payment other
     *     payments of the account, strongest first
     * @param siblings the same metric of other nodes of the cluster, by node
     */
    public record Context(
            Anomaly anomaly,
            JudgedSeries points,
            List<Anomaly> contributors,
            List<Sibling> siblings) {
        /**
         * What else was strange: the metrics of the node whose anomalies began when it did,
         * strongest first, and the metric on the other nodes. Of a node as a whole nothing, as its
         * own sentence names its metrics, and of a payment neither.
         */
        public Company company() {
            return anomaly.place().series().isEmpty()
                    ? Company.of(List.of())
                    : new Company(moved(), nodes(_ -> true), nodes(one -> one.anomaly.isPresent()));
        }

        private List<SeriesKey> moved() {
            return contributors.stream()
                    .filter(this::beganTogether)
                    .flatMap(other -> other.place().series().stream())
                    .map(Series::key)
                    .toList();
        }

        private int nodes(Predicate<Sibling> which) {
            return (int)
                    siblings.stream()
                            .filter(which)
                            .map(one -> one.series.key().nodeId())
                            .filter(node -> !node.equals(anomaly.place().nodeId()))
                            .distinct()
                            .count();
        }

        private boolean beganTogether(Anomaly other) {
            Duration apart =
                    Duration.between(anomaly.result().windowStart(), other.result().windowStart());
            return other.result().kind() != AnomalyKind.MISSING
                    && apart.abs().compareTo(SLACK) <= 0;
        }
    }

    /**
     * The same metric of another node.
     *
     * @param series which
     * @param anomaly its strongest anomaly at that time
     */
    public record Sibling(Series series, Optional<Anomaly> anomaly) {}

    /** The anomaly of that id with its context; empty when the tenant has none of that id. */
    public Uni<Optional<Context>> find(TenantId tenant, UUID id) {
        return anomalies
                .find(tenant, id)
                .chain(found ->
                        found.map(anomaly -> around(tenant, anomaly).map(Optional::of))
                                .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<Context> around(TenantId tenant, Anomaly anomaly) {
        return anomaly.place().payment().isPresent()
                ? aroundPayment(tenant, anomaly)
                : aroundPoints(tenant, anomaly);
    }

    // A payment has no series: what surrounds it are other payments of the account.
    private Uni<Context> aroundPayment(TenantId tenant, Anomaly anomaly) {
        AnomalyQueries.Filter ofAccount =
                then(anomaly, Optional.of(anomaly.place().nodeId()), Optional.empty());
        return anomalies
                .list(tenant, ofAccount, Optional.empty(), MOST_RELATED)
                .map(found ->
                        new Context(
                                anomaly,
                                JudgedSeries.NONE,
                                found.stream()
                                        .filter(other -> !other.id().equals(anomaly.id()))
                                        .sorted(byScore())
                                        .toList(),
                                List.of()));
    }

    private Uni<Context> aroundPoints(TenantId tenant, Anomaly anomaly) {
        SeriesKey key = anomaly.lead().key();
        AnomalyQueries.Filter ofNode = then(anomaly, Optional.of(key.nodeId()), Optional.empty());
        AnomalyQueries.Filter ofMetric =
                then(anomaly, Optional.empty(), Optional.of(key.metricName()));
        SeriesDirectory.Filter same =
                new SeriesDirectory.Filter(
                        Optional.of(key.clusterId()),
                        Optional.empty(),
                        Optional.of(key.metricName()),
                        Map.of());
        return Uni.combine()
                .all()
                .unis(
                        judge.judge(anomaly.lead(), shown(anomaly)),
                        anomalies.list(tenant, ofNode, Optional.empty(), MOST_RELATED),
                        anomalies.list(tenant, ofMetric, Optional.empty(), MOST_RELATED),
                        directory.list(tenant, same, 0, MOST_SIBLINGS))
                .with((points, node, metric, series) ->
                        new Context(
                                anomaly,
                                points,
                                contributors(anomaly, node),
                                siblings(anomaly, metric, series)));
    }

    private static AnomalyQueries.Filter then(
            Anomaly anomaly, Optional<String> node, Optional<String> metric) {
        return new AnomalyQueries.Filter(
                Optional.of(anomaly.result().windowStart().minus(SLACK)),
                Optional.of(anomaly.result().windowEnd().plus(SLACK)),
                Optional.of(anomaly.place().clusterId()),
                node,
                metric,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.of(anomaly.place().source()));
    }

    private static TimeRange shown(Anomaly anomaly) {
        Instant start = anomaly.result().windowStart();
        Instant end = anomaly.result().windowEnd();
        Duration lead = Duration.between(start, end).multipliedBy(2);
        lead = lead.compareTo(SHORTEST_LEAD) < 0 ? SHORTEST_LEAD : lead;
        lead = lead.compareTo(LONGEST_LEAD) > 0 ? LONGEST_LEAD : lead;
        return new TimeRange(start.minus(lead), end.plus(lead.dividedBy(2)));
    }

    private static List<Anomaly> contributors(Anomaly anomaly, List<Anomaly> ofNode) {
        return ofNode.stream()
                .filter(other -> !other.id().equals(anomaly.id()))
                .filter(other -> !isOfTheSame(other, anomaly))
                .sorted(byScore())
                .toList();
    }

    private static boolean isOfTheSame(Anomaly other, Anomaly anomaly) {
        return other.place()
                .series()
                .map(Series::id)
                .equals(anomaly.place().series().map(Series::id));
    }

    private static List<Sibling> siblings(
            Anomaly anomaly, List<Anomaly> ofMetric, List<Series> series) {
        return series.stream()
                .filter(other -> !other.id().equals(anomaly.lead().id()))
                .map(other ->
                        new Sibling(
                                other,
                                ofMetric.stream()
                                        .filter(one -> one.lead().id().equals(other.id()))
                                        .min(byScore())))
                .sorted(Comparator.comparing(sibling -> sibling.series().key().nodeId()))
                .toList();
    }

    private static Comparator<Anomaly> byScore() {
        return Comparator.comparingDouble((Anomaly one) -> one.result().anomalyScore())
                .reversed()
                .thenComparing(Anomaly::id);
    }
}
