package dev.vedette.dashboard;

import dev.vedette.detection.Backtest;
import dev.vedette.detection.threshold.ThresholdRule;
import java.util.List;
import java.util.Optional;

/** Puts a backtest in words. */
final class BacktestMaker {
    private final Clock clock;

    BacktestMaker(Clock clock) {
        this.clock = clock;
    }

    /** What the change would have done. */
    String headline(Optional<Backtest> run) {
        return run.map(
                        test -> {
                            int now = test.now().alarms();
                            int then = test.then().alarms();
                            return test.series().isEmpty()
                                    ? "No series fits."
                                    : count(then) + " where there were " + Figures.whole(now) + ".";
                        })
                .orElse("Try a change on the past before it holds.");
    }

    /** On what. */
    String lead(Optional<Backtest> run) {
        return run.map(test ->
                        clock.dayTime(test.range().from())
                                + " \u2013 "
                                + clock.dayTime(test.range().to())
                                + ", the first "
                                + Words.count(test.series().size())
                                + " series that fit, by the code that runs live.")
                .orElse(
                        "It runs on stored points, at most eight series and 28 days, and stores"
                                + " nothing.");
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
                ScoreMark.of(alarm.score()),
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
