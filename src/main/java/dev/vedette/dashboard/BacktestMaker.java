package dev.vedette.dashboard;

import dev.vedette.detection.backtest.Backtest;
import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.series.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts a backtest in words. */
final class BacktestMaker {
    /** Series shown; the API has all. */
    private static final int SHOWN = 50;

    private final Clock clock;

    BacktestMaker(Clock clock) {
        this.clock = clock;
    }

    /** What the change would have done. */
    String headline(Optional<Backtest> run, Optional<BacktestRun> job) {
        if (run.isPresent()) {
            int now = run.get().now().alarms();
            int then = run.get().then().alarms();
            return run.get().series().isEmpty() && job.isEmpty()
                    ? "No series fits."
                    : count(then) + " where there were " + Figures.whole(now) + ".";
        }
        return job.map(one -> "The backtest is " + one.progress().state().label() + ".")
                .orElse("Try a change on the past before it holds.");
    }

    /** On what. */
    String lead(Optional<Backtest> run, Optional<BacktestRun> job) {
        if (job.isPresent()) {
            return range(job.get().range())
                    + ", every series that fits ("
                    + Figures.whole(job.get().progress().seriesTotal())
                    + "), by the code that runs live. Kept until "
                    + clock.dayTime(job.get().expiresAt())
                    + ".";
        }
        return run.map(test ->
                        range(test.range())
                                + ", the first "
                                + Words.count(test.series().size())
                                + " series that fit, by the code that runs live.")
                .orElse(
                        "A quick look takes at most eight series and 28 days of stored points and"
                                + " stores nothing; a run on all series is a job, and its result is"
                                + " kept for a month.");
    }

    private String range(TimeRange range) {
        return clock.dayTime(range.from()) + " \u2013 " + clock.dayTime(range.to());
    }

    /** A job in words. */
    BacktestView.Job job(BacktestRun run) {
        BacktestRun.Progress progress = run.progress();
        ThresholdScope scope = run.draft().scope();
        String what =
                Stream.of(
                                scope.family().map(MetricFamily::id),
                                scope.metricName(),
                                scope.clusterId(),
                                scope.nodeId())
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(" \u00b7 "));
        return new BacktestView.Job(
                run.id().toString(),
                "/backtests?id=" + run.id(),
                clock.at(run.createdAt()) + " by " + run.createdBy(),
                run.draft().name() + ": " + (what.isEmpty() ? "all series" : what),
                range(run.range()),
                progress.state().label()
                        + (progress.state().isActive()
                                ? ", " + progress.seriesDone() + " of " + progress.seriesTotal()
                                : "")
                        + progress.failure().map(reason -> ": " + reason).orElse(""),
                Long.toString(Math.round(100 * progress.share())),
                progress.state().isActive());
    }

    private static String count(int alarms) {
        return alarms == 1 ? "1 alarm" : Figures.whole(alarms) + " alarms";
    }

    /** Both sides. */
    List<BacktestView.Side> sides(Backtest test) {
        return List.of(side("As it is", test.now()), side("With the change", test.then()));
    }

    private static BacktestView.Side side(String name, Backtest.Quality quality) {
        return new BacktestView.Side(
                name,
                count(quality.alarms()),
                quality.precision()
                        .map(share ->
                                percent(share) + " of " + quality.judged() + " judged were real")
                        .orElse("nobody said what was real"),
                quality.recall()
                        .map(share -> percent(share) + " of what was real is found")
                        .orElse("nothing was called real"));
    }

    private static String percent(double share) {
        return new Figures(1, 0, "%").withUnit(100 * share);
    }

    /** The series. */
    List<BacktestView.Line> lines(Backtest test) {
        return test.series().stream()
                .limit(SHOWN)
                .map(one ->
                        new BacktestView.Line(
                                NodeMaker.name(one.series().key())
                                        + " on "
                                        + one.series().key().nodeId(),
                                Links.series(one.series(), ""),
                                one.now().stream().map(alarm -> alarm(alarm, "gone")).toList(),
                                one.then().stream().map(alarm -> alarm(alarm, "new")).toList()))
                .toList();
    }

    private BacktestView.Alarm alarm(Backtest.Alarm alarm, String alone) {
        return new BacktestView.Alarm(
                clock.at(alarm.start()) + " \u2013 " + clock.at(alarm.end()),
                ScoreMark.of(alarm.score(), clock.language()),
                alarm.isShared() ? "same" : alone,
                alarm.isReal().map(real -> real ? "real" : "a false alarm").orElse(""));
    }

    /** The rule that was applied. */
    BacktestView.Applied applied(ThresholdRule rule) {
        return new BacktestView.Applied(
                rule.name(),
                "The rule "
                        + rule.name()
                        + " holds as version "
                        + rule.revision()
                        + ", by "
                        + rule.changedBy()
                        + " at "
                        + clock.at(rule.changedAt())
                        + ".",
                Long.toString(rule.revision()));
    }
}
