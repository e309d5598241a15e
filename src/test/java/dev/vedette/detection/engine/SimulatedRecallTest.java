package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.simulation.InjectedKind;
import dev.vedette.simulation.InjectedSeverity;
import dev.vedette.simulation.Injection;
import dev.vedette.simulation.LabelledSet;
import dev.vedette.simulation.SimulatedSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of what the simulator injects is found, and how often nothing is wrong. */
class SimulatedRecallTest {
    private static final long[] SEEDS = {11, 12, 13};
    private static final int SERIES = 48;
    private static final int DAYS = 21;
    private static final long HOUR = 3_600_000;

    private record Outcome(Injection injection, boolean found) {}

    private static final List<Outcome> OUTCOMES = new ArrayList<>();
    private static int falseAlarms;

    @BeforeAll
    static void runTheSets() {
        for (long seed : SEEDS) {
            LabelledSet set =
                    new LabelledSet(
                            seed,
                            SERIES,
                            Instant.parse("2026-03-02T00:00:00Z"),
                            DAYS,
                            Duration.ofMinutes(5));
            set.all().forEach(series -> run(set, series));
        }
    }

    /** Margins lie well under what was measured: see docs/detection.md. */
    @ParameterizedTest
    @CsvSource({
        "SPIKE, 0.8",
        "DIP, 0.8",
        "LEVEL_SHIFT, 0.8",
        "TREND, 0.6",
        "VARIANCE, 0.8",
        "FLATLINE, 0.5",
        "SEASONAL, 0.35"
    })
    void mostSevereAnomaliesAreFound(InjectedKind kind, double least) {
        List<Outcome> severe =
                OUTCOMES.stream()
                        .filter(o -> o.injection().kind() == kind)
                        .filter(o -> o.injection().severity() == InjectedSeverity.SEVERE)
                        .toList();
        long found = severe.stream().filter(Outcome::found).count();
        assertTrue(found >= least * severe.size(), found + " of " + severe.size());
    }

    @Test
    void falseAlarmsStayWithinTheBudgetOfOneAWeek() {
        double weeks = SEEDS.length * SERIES * DAYS * 0.8 / 7;
        assertTrue(falseAlarms <= weeks, falseAlarms + " in " + weeks + " series-weeks");
    }

    private static void run(LabelledSet set, SimulatedSeries series) {
        SeriesEvaluator evaluator =
                EngineRegistry.standard().open("ensemble", DetectionSettings.DEFAULT);
        boolean[] found = new boolean[series.injections().size()];
        for (int i = 0; i < set.points(); i++) {
            long time = set.epochMillis(i);
            SeriesEvaluator.Change change = evaluator.update(time, series.valueAt(time));
            int injected = injectionAt(series, time);
            if (injected >= 0) {
                found[injected] |= evaluator.anomaly().map(AnomalyResult::open).orElse(false);
            } else if (change == SeriesEvaluator.Change.OPENED && i > set.points() / 4) {
                falseAlarms++;
            }
        }
        for (int k = 0; k < found.length; k++) {
            OUTCOMES.add(new Outcome(series.injections().get(k), found[k]));
        }
    }

    /** The injection whose window, or the hour after it, holds that time; -1 for none. */
    private static int injectionAt(SimulatedSeries series, long time) {
        for (int k = 0; k < series.injections().size(); k++) {
            Injection injection = series.injections().get(k);
            if (time >= injection.fromMillis() && time < injection.toMillis() + HOUR) {
                return k;
            }
        }
        return -1;
    }
}
