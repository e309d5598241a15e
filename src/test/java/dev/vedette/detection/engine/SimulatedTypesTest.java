package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.simulation.InjectedKind;
import dev.vedette.simulation.LabelledSet;
import dev.vedette.simulation.SimulatedSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How well spike, trend and seasonal are told apart. Measured figures: docs/detection.md. */
class SimulatedTypesTest {
    private static final Set<InjectedKind> PLAIN =
            EnumSet.of(
                    InjectedKind.SPIKE,
                    InjectedKind.DIP,
                    InjectedKind.TREND,
                    InjectedKind.LEVEL_SHIFT,
                    InjectedKind.SEASONAL);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102, 103, 104, 105})
    void typesAreToldApartOnEveryFreshSet(long seed) {
        TypeScores scores = scores(seed, PLAIN);
        assertTrue(scores.macroF1() >= 0.75, scores::toString);
        assertTrue(scores.falseRunsPerDay() < 0.1, scores::toString);
    }

    @Test
    void widerNoiseStandstillsAndSilenceAreNotTakenForSpikesOrSeasons() {
        TypeScores scores = scores(106, EnumSet.allOf(InjectedKind.class));
        assertTrue(scores.macroF1() >= 0.75, scores::toString);
        assertTrue(scores.falseRunsPerDay() < 0.1, scores::toString);
    }

    private static TypeScores scores(long seed, Set<InjectedKind> kinds) {
        Instant start = Instant.parse("2026-03-02T00:00:00Z");
        LabelledSet set = new LabelledSet(seed, 60, start, 21, Duration.ofMinutes(5), kinds);
        TypeScores scores = new TypeScores();
        set.all().forEach(series -> add(scores, set, series));
        return scores;
    }

    private static void add(TypeScores scores, LabelledSet set, SimulatedSeries series) {
        SeriesEvaluator evaluator =
                EngineRegistry.standard().open("ensemble", DetectionSettings.DEFAULT);
        AnomalyType[] truth = new AnomalyType[set.points()];
        AnomalyType[] said = new AnomalyType[set.points()];
        int points = 0;
        for (int i = 0; i < set.points(); i++) {
            long time = set.epochMillis(i);
            double value = series.valueAt(time);
            // What is missing has no row, and so no label.
            if (!Double.isNaN(value)) {
                evaluator.update(time, value);
                truth[points] =
                        series.injectionAt(time)
                                .map(injection -> type(injection.kind()))
                                .orElse(AnomalyType.NORMAL);
                said[points++] = evaluator.verdict().kind().type();
            }
        }
        scores.add(Arrays.copyOf(truth, points), Arrays.copyOf(said, points), 300);
    }

    private static AnomalyType type(InjectedKind kind) {
        return AnomalyType.valueOf(kind.type().toUpperCase(Locale.ROOT));
    }
}
