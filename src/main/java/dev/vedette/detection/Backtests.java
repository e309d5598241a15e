package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Runs a change of the rules on a past range, beside the rules as they are. Stores nothing. */
@ApplicationScoped
public class Backtests {
    private final Thresholds thresholds;
    private final ThresholdTrials trials;
    private final Verdicts verdicts;

    Backtests(Thresholds thresholds, ThresholdTrials trials, Verdicts verdicts) {
        this.thresholds = thresholds;
        this.trials = trials;
        this.verdicts = verdicts;
    }

    /** The alarms on the first series that the rule is about; fails as a trial does. */
    public Uni<Backtest> run(TenantId tenant, ThresholdRule draft, TimeRange range) {
        return thresholds
                .current(tenant)
                .chain(rules ->
                        trials.run(
                                tenant, draft.scope(), range, trial -> found(trial, rules, draft)))
                .chain(found ->
                        verdicts.of(
                                        tenant,
                                        found.stream().map(one -> one.series().id()).toList(),
                                        range)
                                .map(words -> report(range, found, words)));
    }

    private record Found(Series series, List<AnomalyResult> now, List<AnomalyResult> then) {}

    private static List<Found> found(
            ThresholdTrials.Trial trial, TenantThresholds rules, ThresholdRule draft) {
        return trial.series().stream()
                .map(one ->
                        new Found(
                                one,
                                trial.found(one, rules.plan(one)),
                                trial.found(one, rules.resolve(one, Optional.of(draft)).plan())))
                .toList();
    }

    private static Backtest report(
            TimeRange range, List<Found> found, List<Verdicts.Verdict> words) {
        return new Backtest(
                range,
                found.stream()
                        .map(one ->
                                Backtest.OfSeries.of(one.series(), one.now(), one.then(), words))
                        .toList());
    }
}
