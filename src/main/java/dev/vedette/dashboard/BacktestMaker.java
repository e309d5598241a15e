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
    private final Language language;

    BacktestMaker(Clock clock) {
        this.clock = clock;
        this.language = clock.language();
    }

    /** What the change would have done. */
    String headline(Optional<Backtest> run, Optional<BacktestRun> job) {
        if (run.isPresent()) {
            int now = run.get().now().alarms();
            int then = run.get().then().alarms();
            return run.get().series().isEmpty() && job.isEmpty()
                    ? language.say("backtest.noneFits")
                    : language.say(
                            "backtest.compared", then, Figures.whole(then), Figures.whole(now));
        }
        return language.say(
                job.map(one -> "backtest.is." + one.progress().state().label())
                        .orElse("backtest.start"));
    }

    /** On what. */
    String lead(Optional<Backtest> run, Optional<BacktestRun> job) {
        if (job.isPresent()) {
            return language.say(
                    "backtest.onAll",
                    range(job.get().range()),
                    Figures.whole(job.get().progress().seriesTotal()),
                    clock.dayTime(job.get().expiresAt()));
        }
        return run.map(test ->
                        language.say(
                                "backtest.onFirst",
                                range(test.range()),
                                test.series().size(),
                                language.count(test.series().size())))
                .orElse(language.say("backtest.lead"));
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
                language.say("backtest.asked", clock.at(run.createdAt()), run.createdBy()),
                run.draft().name() + ": " + (what.isEmpty() ? language.say("backfills.all") : what),
                range(run.range()),
                state(progress),
                Long.toString(Math.round(100 * progress.share())),
                progress.state().isActive());
    }

    private String state(BacktestRun.Progress progress) {
        String state = language.say("backfill." + progress.state().label());
        return progress.failure()
                .map(reason -> state + ": " + reason)
                .orElseGet(() ->
                        progress.state().isActive()
                                ? language.say(
                                        "backtest.done",
                                        state,
                                        Figures.whole(progress.seriesDone()),
                                        Figures.whole(progress.seriesTotal()))
                                : state);
    }

    /** Both sides. */
    List<BacktestView.Side> sides(Backtest test) {
        return List.of(side("backtest.now", test.now()), side("backtest.then", test.then()));
    }

    private BacktestView.Side side(String name, Backtest.Quality quality) {
        return new BacktestView.Side(
                language.say(name),
                language.many("backtest.alarms", quality.alarms()),
                quality.precision()
                        .map(share ->
                                language.say(
                                        "backtest.precision",
                                        language.percent(share, 0),
                                        Figures.whole(quality.judged())))
                        .orElse(language.say("backtest.unjudged")),
                quality.recall()
                        .map(share -> language.say("backtest.recall", language.percent(share, 0)))
                        .orElse(language.say("backtest.noneReal")));
    }

    /** The series. */
    List<BacktestView.Line> lines(Backtest test) {
        return test.series().stream()
                .limit(SHOWN)
                .map(one ->
                        new BacktestView.Line(
                                NodeMaker.on(one.series(), language),
                                Links.series(one.series(), ""),
                                one.now().stream().map(alarm -> alarm(alarm, "gone")).toList(),
                                one.then().stream().map(alarm -> alarm(alarm, "new")).toList()))
                .toList();
    }

    private BacktestView.Alarm alarm(Backtest.Alarm alarm, String alone) {
        String mark = alarm.isShared() ? "same" : alone;
        return new BacktestView.Alarm(
                clock.at(alarm.start()) + " \u2013 " + clock.at(alarm.end()),
                ScoreMark.of(alarm.score(), clock.language()),
                mark,
                language.say("backtest.mark." + mark),
                alarm.isReal()
                        .map(real -> language.say(real ? "backtest.real" : "backtest.false"))
                        .orElse(""));
    }

    /** The rule that was applied. */
    BacktestView.Applied applied(ThresholdRule rule) {
        return new BacktestView.Applied(
                rule.name(),
                language.say(
                        "backtest.applied",
                        rule.name(),
                        Long.toString(rule.revision()),
                        rule.changedBy(),
                        clock.at(rule.changedAt())),
                Long.toString(rule.revision()));
    }
}
