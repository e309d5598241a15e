package dev.vedette.detection;

import dev.vedette.detection.PeerStanding.Compared;
import dev.vedette.detection.engine.CorruptSnapshotException;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.PeerOutliers;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.series.Labels;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares the nodes of a cluster, metric by metric, and says which of them stand apart. Series of
 * one metric and the same labels are compared; what only counts up by its rate. Pure.
 */
final class PeerComparison {
    /** Id, in an anomaly's record, of what compares nodes. */
    static final String ENGINE = "peers";

    /** Its version. */
    static final int VERSION = 1;

    /** So many of the nodes must have seen no fall for their metric to be taken for a counter. */
    private static final double NEARLY_ALL = 0.9;

    /** What scores a half; what takes to stand apart scores 0.6. */
    private static final double HALF = 2 / 3.0;

    private final Function<List<Long>, Map<Long, Series>> catalogue;
    private final SettingsSource.Revision settings;
    private final AnomalyExplainer explainer;
    private final BiConsumer<NodeKey, String> startedAnew;

    /**
     * By those settings.
     *
     * @param startedAnew told of each node whose stored standing cannot be read, and why
     */
    PeerComparison(
            Function<List<Long>, Map<Long, Series>> catalogue,
            SettingsSource.Revision settings,
            AnomalyExplainer explainer,
            BiConsumer<NodeKey, String> startedAnew) {
        this.catalogue = catalogue;
        this.settings = settings;
        this.explainer = explainer;
        this.startedAnew = startedAnew;
    }

    private record Metric(String name, Labels labels) {}

    /** One node's level of a metric. */
    private record Level(NodeKey node, Series series, double mean, double rate) {}

    /**
     * Compares those nodes.
     *
     * @param bucket time of the comparison
     * @param at the time given to anomalies that are new
     */
    PeerStore.Found of(PeerStore.Peers peers, Instant bucket, Instant at) {
        List<Long> ids = new ArrayList<>();
        peers.levels()
                .forEach(node -> {
                    for (long id : node.seriesIds()) {
                        ids.add(id);
                    }
                });
        Map<Long, Series> series = catalogue.apply(ids);
        Map<NodeKey, Map<Long, Compared>> compared = compared(peers.levels(), series);
        List<Anomaly> anomalies = new ArrayList<>();
        Map<NodeKey, byte[]> standings = new LinkedHashMap<>();
        compared.forEach((node, metrics) -> {
            byte[] stored = peers.standings().get(node);
            PeerStanding standing = restored(node, stored);
            standing.update(bucket.toEpochMilli(), metrics)
                    .flatMap(apart -> anomaly(node, apart, series, at))
                    .ifPresent(anomalies::add);
            if (stored != null || !standing.isEmpty()) {
                standings.put(node, standing.isEmpty() ? new byte[0] : standing.snapshot());
            }
        });
        return new PeerStore.Found(anomalies, standings);
    }

    // One that cannot be read is begun anew: an anomaly it held open is written again when the node
    // still stands apart.
    private PeerStanding restored(NodeKey node, byte @Nullable [] stored) {
        try {
            return stored == null ? new PeerStanding() : PeerStanding.restore(stored);
        } catch (CorruptSnapshotException e) {
            startedAnew.accept(node, String.valueOf(e.getMessage()));
            return new PeerStanding();
        }
    }

    private Map<NodeKey, Map<Long, Compared>> compared(
            List<NodeLevels> nodes, Map<Long, Series> series) {
        Map<Metric, List<Level>> metrics = new LinkedHashMap<>();
        Map<NodeKey, Map<Long, Compared>> compared = new LinkedHashMap<>();
        for (NodeLevels node : nodes) {
            compared.put(node.node(), new HashMap<>());
            for (int i = 0; i < node.seriesIds().length; i++) {
                Series one = series.get(node.seriesIds()[i]);
                if (one != null) {
                    Metric metric = new Metric(one.key().metricName(), one.key().labels());
                    metrics.computeIfAbsent(metric, _ -> new ArrayList<>())
                            .add(new Level(node.node(), one, node.means()[i], node.rates()[i]));
                }
            }
        }
        metrics.forEach((metric, levels) -> compare(metric, levels, compared));
        return compared;
    }

    private void compare(
            Metric metric, List<Level> levels, Map<NodeKey, Map<Long, Compared>> compared) {
        boolean areRates = MetricFamily.isCounter(metric.name()) || onlyRises(levels);
        double[] values =
                levels.stream().mapToDouble(one -> areRates ? one.rate() : one.mean()).toArray();
        PeerOutliers.Apart apart = PeerOutliers.apart(values);
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(apart.shares()[i])) {
                Level level = levels.get(i);
                Objects.requireNonNull(compared.get(level.node()))
                        .put(
                                level.series().id().value(),
                                compared(level, values[i], apart.shares()[i], areRates, apart));
            }
        }
    }

    private Compared compared(
            Level level, double value, double share, boolean isRate, PeerOutliers.Apart all) {
        DetectionSettings its = settings.of(level.series()).settings();
        boolean passes =
                its.isOnSide(value, all.usual())
                        && Math.abs(value - all.usual()) >= its.leastDeviation(all.usual());
        double threshold = settings.ofWhole(level.node());
        double takes = HALF * threshold / (1 - threshold);
        double size = Math.abs(share);
        return new Compared(
                size / (size + HALF),
                passes ? share / takes : 0,
                value,
                all.usual(),
                all.lower(),
                all.upper(),
                isRate);
    }

    private static boolean onlyRises(List<Level> levels) {
        long there = levels.stream().filter(one -> Double.isFinite(one.mean())).count();
        long unfallen = levels.stream().filter(one -> one.rate() >= 0).count();
        long risen = levels.stream().filter(one -> one.rate() > 0).count();
        return unfallen >= NEARLY_ALL * there && 2 * risen >= there;
    }

    /** Empty when all its series were deleted meanwhile: nothing is left to tell of. */
    private Optional<Anomaly> anomaly(
            NodeKey node, PeerStanding.Apart apart, Map<Long, Series> series, Instant at) {
        List<Contribution> contributions = Contribution.of(apart.shares(), series);
        if (apart.isRate() && !contributions.isEmpty()) {
            contributions.set(0, contributions.getFirst().perSecond());
        }
        return contributions.stream()
                .findFirst()
                .map(first -> Objects.requireNonNull(series.get(first.seriesId())))
                .map(lead ->
                        new AnomalyForm(explainer, at)
                                .ofNode(
                                        AnomalyPlace.of(node, lead.shard()),
                                        ENGINE,
                                        VERSION,
                                        apart.result(),
                                        contributions,
                                        settings.of(lead).settings().zone()));
    }
}
