package dev.vedette.dashboard;

import dev.vedette.detection.backtest.Backtest;
import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.threshold.ThresholdRule;
import java.util.Optional;

/**
 * What was just done on the page of backtests.
 *
 * @param run the alarms as it is and with the change
 * @param job the job that found them, or is still at it
 * @param problem why it was refused, as a sentence; empty when it was not
 * @param applied the rule that a change became
 */
record BacktestNews(
        Optional<Backtest> run,
        Optional<BacktestRun> job,
        String problem,
        Optional<ThresholdRule> applied) {
    /** Nothing. */
    static final BacktestNews NONE =
            new BacktestNews(Optional.empty(), Optional.empty(), "", Optional.empty());

    /** A quick look. */
    static BacktestNews of(Backtest look) {
        return new BacktestNews(Optional.of(look), Optional.empty(), "", Optional.empty());
    }

    /** A job, with its result once there is one. */
    static BacktestNews of(BacktestRun job, Optional<Backtest> result) {
        return new BacktestNews(result, Optional.of(job), "", Optional.empty());
    }

    /** A change that became a rule. */
    static BacktestNews applied(ThresholdRule rule) {
        return new BacktestNews(Optional.empty(), Optional.empty(), "", Optional.of(rule));
    }

    /** A refusal. */
    static BacktestNews refused(Throwable refusal) {
        return new BacktestNews(
                Optional.empty(), Optional.empty(), Words.refusal(refusal), Optional.empty());
    }
}
