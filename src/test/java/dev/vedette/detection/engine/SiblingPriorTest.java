package dev.vedette.detection.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.simulation.Injection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new series gains by what its siblings know, and that it is nobody else's. */
class SiblingPriorTest {
    private static final DetectionSettings SETTINGS = DetectionSettings.DEFAULT;
    private static final long MINUTE = 60_000;
    private static final long DAY = 1440 * MINUTE;
    private static final int FRESH = 8;

    private static final class Tally {
        int found;
        int all;
        int falseAlarms;
    }

    /** Margins lie well under what was measured: see docs/detection.md. */
    @ParameterizedTest
    @CsvSource({"5, 1.3, 0.6", "1, 0.95, 0.4"})
    void findsMoreInTheFirstHoursWithFewerFalseAlarms(
            int minutes, double atLeast, double falseAtMost) {
        Tally without = new Tally();
        Tally with = new Tally();
        for (long seed = 31; seed < 34; seed++) {
            for (int shape = 0; shape < Cohort.SHAPES; shape++) {
                Cohort cohort = new Cohort(seed, shape, Duration.ofMinutes(minutes));
                Optional<byte[]> prior =
                        Cohort.ENGINES
                                .prior(Cohort.ENGINE, cohort.siblings())
                                .map(SiblingPrior::bytes);
                assertTrue(prior.isPresent(), "shape " + shape);
                for (int i = 0; i < FRESH; i++) {
                    Cohort.Fresh fresh = cohort.fresh();
                    List<Injection> anomalies = fresh.anomalies(cohort.random());
                    live(fresh, Optional.empty(), anomalies, without);
                    live(fresh, prior, anomalies, with);
                }
            }
        }
        String figures =
                "%d minutes: found %d without and %d with of %d, false alarms %d and %d"
                        .formatted(
                                minutes,
                                without.found,
                                with.found,
                                with.all,
                                without.falseAlarms,
                                with.falseAlarms);
        assertTrue(with.found >= atLeast * without.found, figures);
        assertTrue(with.falseAlarms <= falseAtMost * without.falseAlarms, figures);
    }

    private static void live(
            Cohort.Fresh fresh, Optional<byte[]> prior, List<Injection> anomalies, Tally tally) {
        SeriesEvaluator quiet = open(prior);
        for (long t = fresh.birth(); t < fresh.birth() + DAY; t += fresh.step()) {
            if (quiet.update(t, fresh.at(t, List.of())) == SeriesEvaluator.Change.OPENED) {
                tally.falseAlarms++;
            }
        }
        for (Injection anomaly : anomalies) {
            tally.all++;
            tally.found += isFound(fresh, open(prior), anomaly) ? 1 : 0;
        }
    }

    private static boolean isFound(
            Cohort.Fresh fresh, SeriesEvaluator evaluator, Injection anomaly) {
        boolean found = false;
        for (long t = fresh.birth(); t < anomaly.toMillis() + 10 * MINUTE; t += fresh.step()) {
            evaluator.update(t, fresh.at(t, List.of(anomaly)));
            found |=
                    anomaly.fromMillis() <= t
                            && evaluator.anomaly().filter(AnomalyResult::open).isPresent();
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void isSmallAndTheSameForTheSameSiblings(int shape) {
        List<byte[]> siblings = cohort(shape).siblings();
        byte[] prior = prior(siblings);
        assertArrayEquals(prior, prior(siblings));
        assertTrue(prior.length <= 640, prior.length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aSnapshotAtAnyOfTheFirstPointsGoesOnBitForBit(int shape) {
        Cohort cohort = cohort(shape);
        byte[] prior = prior(cohort.siblings());
        Cohort.Fresh fresh = cohort.fresh();
        SeriesEvaluator whole = open(Optional.of(prior));
        SeriesEvaluator restored = open(Optional.of(prior));
        for (int i = 0; i < 400; i++) {
            long t = fresh.birth() + i * fresh.step();
            // Known gaps, the first point among them, must not be taken for points.
            double value = i % 7 == 0 ? Double.NaN : fresh.at(t, List.of());
            if (i < 30) {
                restored = Cohort.ENGINES.restore(Cohort.ENGINE, SETTINGS, restored.snapshot());
            }
            assertEquals(whole.update(t, value), restored.update(t, value));
            assertEquals(whole.verdict().anomalyScore(), restored.verdict().anomalyScore());
        }
        assertArrayEquals(whole.snapshot(), restored.snapshot());
    }

    @Test
    void theFirstVerdictComesWithTheEleventhPointInsteadOfTheThirtyFirst() {
        Cohort cohort = cohort(1);
        byte[] prior = prior(cohort.siblings());
        Cohort.Fresh fresh = cohort.fresh();
        assertEquals(11, pointsToVerdict(fresh, open(Optional.of(prior))));
        assertEquals(31, pointsToVerdict(fresh, open(Optional.empty())));
    }

    private static int pointsToVerdict(Cohort.Fresh fresh, SeriesEvaluator evaluator) {
        int points = 0;
        do {
            long t = fresh.birth() + points++ * fresh.step();
            evaluator.update(t, fresh.at(t, List.of()));
            boolean warm = evaluator.verdict().state() == Verdict.State.JUDGED;
            assertEquals(warm, evaluator.warmAtMillis().isEmpty());
        } while (evaluator.verdict().state() != Verdict.State.JUDGED);
        return points;
    }

    @Test
    void aSeriesThatIsNoSiblingBeginsAnew() {
        Cohort.Fresh fresh = cohort(0).fresh();
        SeriesEvaluator stranger = open(Optional.of(prior(cohort(0).siblings())));
        SeriesEvaluator other = open(Optional.empty());
        for (int i = 0; i < 60; i++) {
            long t = fresh.birth() + i * fresh.step();
            double value = 1e6 * fresh.at(t, List.of()) * (i % 2 == 0 ? 1 : -1);
            stranger.update(t, value);
            if (i >= 10) {
                other.update(t, value);
            }
            assertEquals(
                    i < 40 ? Verdict.State.WARMING_UP : Verdict.State.JUDGED,
                    stranger.verdict().state(),
                    "point " + i);
        }
        assertEquals(other.verdict().anomalyScore(), stranger.verdict().anomalyScore(), 1e-9);
    }

    @Test
    void seriesAtAnotherPaceBeginAnew() {
        Cohort.Fresh fresh = cohort(1).fresh();
        SeriesEvaluator evaluator = open(Optional.of(prior(cohort(1).siblings())));
        for (int i = 0; i < 12; i++) {
            long t = fresh.birth() + 4L * i * fresh.step();
            evaluator.update(t, fresh.at(t, List.of()));
        }
        assertEquals(Verdict.State.WARMING_UP, evaluator.verdict().state());
    }

    @Test
    void thereIsNoneOfFewerThanThreeOrOfYoungOrOfUnlikeOnes() {
        List<byte[]> siblings = cohort(1).siblings();
        byte[] young = open(Optional.empty()).snapshot();
        assertTrue(none(siblings.subList(0, 2)));
        assertTrue(none(List.of(siblings.get(0), siblings.get(1), young)));
        assertFalse(none(siblings.subList(0, 3)));
        List<byte[]> counters = cohort(7).siblings();
        assertTrue(
                none(List.of(siblings.get(0), siblings.get(1), counters.get(0), counters.get(1))));
        assertTrue(Cohort.ENGINES.prior("ewma", siblings).isEmpty());
    }

    private static boolean none(List<byte[]> siblings) {
        return Cohort.ENGINES.prior(Cohort.ENGINE, siblings).isEmpty();
    }

    @Test
    void aDamagedPriorIsNone() {
        byte[] prior = prior(cohort(1).siblings());
        byte[] damaged = prior.clone();
        damaged[damaged.length / 2] ^= 1;
        byte[] fresh = open(Optional.empty()).snapshot();
        assertArrayEquals(fresh, open(Optional.of(damaged)).snapshot());
        assertArrayEquals(fresh, open(Optional.of(Arrays.copyOf(prior, 20))).snapshot());
        assertNotEquals(
                Arrays.hashCode(fresh), Arrays.hashCode(open(Optional.of(prior)).snapshot()));
    }

    @Test
    void onlyAsMuchIsKeptOfASiblingAsSaysNothingOfItsLevel() {
        List<byte[]> siblings = cohort(6).siblings();
        Cohort.Fresh fresh = cohort(6).fresh();
        SeriesEvaluator low = open(Optional.of(prior(siblings)));
        SeriesEvaluator high = open(Optional.of(prior(siblings)));
        for (int i = 0; i < 288; i++) {
            long t = fresh.birth() + i * fresh.step();
            double value = fresh.at(t, List.of());
            low.update(t, value);
            high.update(t, value + (1 << 20));
            assertEquals(low.verdict().alarmScore(), high.verdict().alarmScore(), 0.05);
        }
    }

    private static Cohort cohort(int shape) {
        return new Cohort(41, shape, Duration.ofMinutes(5));
    }

    private static byte[] prior(List<byte[]> siblings) {
        return Cohort.ENGINES.prior(Cohort.ENGINE, siblings).orElseThrow().bytes();
    }

    private static SeriesEvaluator open(Optional<byte[]> prior) {
        return Cohort.ENGINES.open(Cohort.ENGINE, SETTINGS, new Verdict(), prior);
    }
}
