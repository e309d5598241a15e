package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.NodeAnomaly;
import dev.vedette.detection.engine.NodeEvaluator;
import dev.vedette.series.Series;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Puts what was found on nodes into the form in which it is stored, with names and words. */
final class NodeFindings {
    private final int shard;
    private final ShardStore store;
    private final ShardScorer.Evaluation evaluation;

    NodeFindings(int shard, ShardStore store, ShardScorer.Evaluation evaluation) {
        this.shard = shard;
        this.store = store;
        this.evaluation = evaluation;
    }

    /**
     * The anomalies to store: one look-up for all of them, none when there are none.
     *
     * @param settings of the tick: in which zone times are told
     * @param at the time given to those that are new
     */
    List<Anomaly> explained(
            ShardNodes.Outcome outcome, SettingsSource.Revision settings, Instant at) {
        Set<Long> ids = new HashSet<>();
        outcome.found().forEach(one -> ids.addAll(contributors(one).keySet()));
        outcome.absences().forEach(one -> ids.add(one.seriesId()));
        Map<Long, Series> series = ids.isEmpty() ? Map.of() : store.series(ids);
        List<Anomaly> anomalies = new ArrayList<>();
        for (ShardNodes.Found one : outcome.found()) {
            List<Contribution> contributions = contributions(one, series);
            // All its series were deleted meanwhile: nothing is left to tell of.
            if (!contributions.isEmpty()) {
                anomalies.add(
                        ofNode(
                                one,
                                contributions,
                                zone(settings, first(contributions, series)),
                                at));
            }
        }
        for (ShardNodes.Absent one : outcome.absences()) {
            Series of = series.get(one.seriesId());
            if (of != null) {
                anomalies.add(absence(of, one.result(), zone(settings, of), at));
            }
        }
        return anomalies;
    }

    private static Map<Long, Double> contributors(ShardNodes.Found found) {
        Map<Long, Double> shares = new LinkedHashMap<>();
        for (NodeAnomaly.Share share : found.anomaly().shares()) {
            shares.put(found.node().members().get(share.metric()), share.share());
        }
        return shares;
    }

    private static List<Contribution> contributions(
            ShardNodes.Found found, Map<Long, Series> series) {
        List<Contribution> contributions = new ArrayList<>();
        contributors(found)
                .forEach((id, share) -> {
                    Series of = series.get(id);
                    if (of != null) {
                        contributions.add(
                                new Contribution(
                                        id, of.key().metricName(), of.key().labels(), share));
                    }
                });
        return contributions;
    }

    private static ZoneId zone(SettingsSource.Revision settings, Series series) {
        return settings.of(series).settings().zone();
    }

    private static Series first(List<Contribution> contributions, Map<Long, Series> series) {
        return Objects.requireNonNull(series.get(contributions.getFirst().seriesId()));
    }

    private Anomaly ofNode(
            ShardNodes.Found found, List<Contribution> contributions, ZoneId zone, Instant at) {
        AnomalyPlace place = AnomalyPlace.of(found.node().key(), shard);
        AnomalyResult result = found.anomaly().result();
        return new Anomaly(
                AnomalyIds.of(place.node(), result.kind().label(), result.windowStart()),
                place,
                result,
                contributions,
                evaluation.explainer().explain(place, result, contributions, zone),
                ShardNodes.ENGINE,
                NodeEvaluator.VERSION,
                status(result),
                at);
    }

    private Anomaly absence(Series series, AnomalyResult result, ZoneId zone, Instant at) {
        AnomalyPlace place = AnomalyPlace.of(series);
        return new Anomaly(
                AnomalyIds.of(series.id().value(), Absences.ENGINE, result.windowStart()),
                place,
                result,
                List.of(),
                evaluation.explainer().explain(place, result, List.of(), zone),
                Absences.ENGINE,
                Absences.VERSION,
                status(result),
                at);
    }

    private static AnomalyStatus status(AnomalyResult result) {
        return result.open() ? AnomalyStatus.OPEN : AnomalyStatus.CLOSED;
    }
}
