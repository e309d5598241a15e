package dev.vedette.detection.backtest;

import dev.vedette.detection.ThresholdTrials;
import dev.vedette.detection.Verdicts;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import java.util.List;
import java.util.Optional;

/** Alarms of the series of a trial on both sides, before it is known what people said of them. */
record Comparison(List<Comparison.Found> found) {
    record Found(Series series, List<AnomalyResult> now, List<AnomalyResult> then) {}

    /** Judges the trial's series by the rules as they are, and with the change. Computes. */
    static Comparison of(
            ThresholdTrials.Trial trial, TenantThresholds rules, ThresholdRule change) {
        return new Comparison(
                trial.series().stream()
                        .map(one ->
                                new Found(
                                        one,
                                        trial.found(one, rules.plan(one)),
                                        trial.found(
                                                one,
                                                rules.resolve(one, Optional.of(change)).plan())))
                        .toList());
    }

    /** The series compared. */
    List<SeriesId> series() {
        return found.stream().map(one -> one.series.id()).toList();
    }

    /** With what people said of that time. */
    List<Backtest.OfSeries> judged(List<Verdicts.Verdict> verdicts) {
        return found.stream()
                .map(one -> Backtest.OfSeries.of(one.series, one.now, one.then, verdicts))
                .toList();
    }
}
