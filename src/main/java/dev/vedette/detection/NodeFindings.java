package dev.vedette.detection;

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
    private final Evaluation evaluation;

    NodeFindings(int shard, ShardStore store, Evaluation evaluation) {
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
        AnomalyForm form = new AnomalyForm(evaluation.explainer(), at);
        List<Anomaly> anomalies = new ArrayList<>();
        for (ShardNodes.Found one : outcome.found()) {
            List<Contribution> contributions = Contribution.of(contributors(one), series);
            // All its series were deleted meanwhile: nothing is left to tell of.
            if (!contributions.isEmpty()) {
                anomalies.add(
                        form.ofNode(
                                AnomalyPlace.of(one.node().key(), shard),
                                ShardNodes.ENGINE,
                                NodeEvaluator.VERSION,
                                one.anomaly().result(),
                                contributions,
                                zone(settings, first(contributions, series))));
            }
        }
        for (ShardNodes.Absent one : outcome.absences()) {
            Series of = series.get(one.seriesId());
            if (of != null) {
                anomalies.add(
                        form.ofSeries(
                                of,
                                Absences.ENGINE,
                                Absences.VERSION,
                                one.result(),
                                zone(settings, of)));
            }
        }
        return anomalies;
    }

    private static Map<Long, Double> contributors(ShardNodes.Found found) {
        Map<Long, Double> shares = new LinkedHashMap<>();
        long[] members = found.node().members();
        for (NodeAnomaly.Share share : found.anomaly().shares()) {
            shares.put(members[share.metric()], share.share());
        }
        return shares;
    }

    private static ZoneId zone(SettingsSource.Revision settings, Series series) {
        return settings.of(series).settings().zone();
    }

    private static Series first(List<Contribution> contributions, Map<Long, Series> series) {
        return Objects.requireNonNull(series.get(contributions.getFirst().seriesId()));
    }
}
