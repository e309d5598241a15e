package dev.vedette.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LabelledSetTest {
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(5);

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 10), LongStream.of(Seeds.explored()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anomaliesLieOnStepsAfterTheFreeQuarterAndDoNotOverlap(long seed) {
        LabelledSet set = new LabelledSet(seed, 16, START, 14, STEP);
        assertEquals(set.all(), new LabelledSet(seed, 16, START, 14, STEP).all());
        long free = START.plus(Duration.ofHours(14 * 24 / 4)).toEpochMilli();
        for (SimulatedSeries series : set.all()) {
            for (Injection injection : series.injections()) {
                assertTrue(injection.fromMillis() >= free, series.toString());
                assertTrue(injection.toMillis() <= set.epochMillis(set.points()));
                assertTrue(series.baseline().canHave(injection.kind()), series.toString());
                assertEquals(0, (injection.fromMillis() - START.toEpochMilli()) % STEP.toMillis());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void injectionsChangeTheirWindowOnlyAndAsTheirKindSays(long seed) {
        Baseline baseline = new Baseline.Daily(100, 50, 18, 2);
        long from = START.plus(Duration.ofDays(1)).toEpochMilli();
        long to = from + Duration.ofHours(6).toMillis();
        for (InjectedKind kind : InjectedKind.values()) {
            Injection injection = new Injection(kind, InjectedSeverity.CLEAR, from, to);
            SimulatedSeries series = new SimulatedSeries("s", seed, baseline, List.of(injection));
            assertEquals(baseline.at(seed, from - 1), series.valueAt(from - 1));
            assertEquals(baseline.at(seed, to), series.valueAt(to));
            assertTrue(isChanged(kind, series, from, to, baseline, seed), kind.label());
        }
    }

    private static boolean isChanged(
            InjectedKind kind,
            SimulatedSeries series,
            long from,
            long to,
            Baseline baseline,
            long seed) {
        long late = to - 60_000;
        double size = 8 * baseline.spread();
        double change = series.valueAt(late) - baseline.at(seed, late);
        return switch (kind) {
            case SPIKE, LEVEL_SHIFT -> Math.abs(change - size) < 1e-9;
            case DIP -> Math.abs(change + size) < 1e-9;
            case TREND ->
                    change > 1.9 * size
                            && Math.abs(series.valueAt(from) - baseline.at(seed, from)) < 1e-9;
            case VARIANCE -> deviation(series, from, to) > 0.4 * size;
            case FLATLINE -> series.valueAt(late) == series.valueAt(from);
            case MISSING -> Double.isNaN(series.valueAt(late));
            case SEASONAL -> series.valueAt(late) == baseline.at(seed, late - 43_200_000);
        };
    }

    @Test
    void inverseShiftsAndTrendsGoDownAndInverseSeasonsAreMissing() {
        Baseline baseline = new Baseline.Daily(100, 50, 18, 1e-6);
        long from = START.toEpochMilli();
        long to = from + Duration.ofDays(1).toMillis();
        for (InjectedKind kind : List.of(InjectedKind.LEVEL_SHIFT, InjectedKind.TREND)) {
            SimulatedSeries series = with(baseline, kind, from, to);
            assertTrue(series.valueAt(to - 1) < baseline.at(1, to - 1) - baseline.spread());
        }
        SimulatedSeries flat = with(baseline, InjectedKind.SEASONAL, from, to);
        double middle = flat.valueAt(from);
        for (long at = from; at < to; at += STEP.toMillis()) {
            assertEquals(middle, flat.valueAt(at), 0.1);
        }
    }

    private static SimulatedSeries with(Baseline baseline, InjectedKind kind, long from, long to) {
        Injection inverse = new Injection(kind, InjectedSeverity.CLEAR, from, to, true);
        return new SimulatedSeries("s", 1, baseline, List.of(inverse));
    }

    @Test
    void whatIsWrongWithACounterIsWrongWithItsRate() {
        Counter counter = new Counter(10, Duration.ofDays(3000));
        long from = START.toEpochMilli();
        long to = from + Duration.ofHours(10).toMillis();
        for (InjectedKind kind : InjectedKind.values()) {
            if (counter.canHave(kind) && kind != InjectedKind.MISSING) {
                Injection injection = new Injection(kind, InjectedSeverity.CLEAR, from, to);
                SimulatedSeries series = new SimulatedSeries("c", 1, counter, List.of(injection));
                double before = series.valueAt(from - 300_000);
                for (long at = from; at < to + 7_200_000; at += 300_000) {
                    assertTrue(series.valueAt(at) >= before, kind + " makes it fall");
                    before = series.valueAt(at);
                }
                assertTrue(Math.abs(before - counter.at(1, to + 6_900_000)) > 30_000, kind.label());
            }
        }
    }

    private static double deviation(SimulatedSeries series, long from, long to) {
        double sum = 0;
        int count = 0;
        for (long at = from + 60_000; at < to; at += 60_000) {
            double jump = series.valueAt(at) - series.valueAt(at - 60_000);
            sum += jump * jump / 2;
            count++;
        }
        return Math.sqrt(sum / count);
    }

    @Test
    void allBaselinesAndKindsOccur() {
        LabelledSet set = new LabelledSet(1, 64, START, 14, STEP);
        Set<String> names =
                set.all().stream().map(s -> s.baseline().label()).collect(Collectors.toSet());
        assertEquals(
                Set.of("flat", "daily", "walk", "weekly", "bursty", "sawtooth", "counter"), names);
        assertEquals(
                EnumSet.allOf(InjectedKind.class),
                set.all().stream()
                        .flatMap(s -> s.injections().stream())
                        .map(Injection::kind)
                        .collect(
                                Collectors.toCollection(() -> EnumSet.noneOf(InjectedKind.class))));
        assertEquals("000_flat", set.series(0).name());
    }

    @Test
    void counterOnlyRisesAndStartsAgainNowAndThen() {
        Counter counter = new Counter(10, Duration.ofDays(3));
        double before = counter.at(5, START.toEpochMilli());
        int resets = 0;
        for (int second = 10; second < 30 * 86_400; second += 10) {
            double value = counter.at(5, START.toEpochMilli() + second * 1000L);
            assertTrue(value >= 0);
            if (value <= before) {
                resets++;
            }
            before = value;
        }
        assertTrue(resets >= 6 && resets <= 14, "resets: " + resets);
    }

    @Test
    void weekendsAreQuieterAndCountsAreWholeNumbers() {
        Baseline weekly = new Baseline.Weekly(10, 100, 0.4, 12, 0.001);
        // 6 and 7 March 2026 are a Friday and a Saturday
        long friday = Instant.parse("2026-03-06T12:00:00Z").toEpochMilli();
        assertTrue(weekly.at(1, friday) > 2 * weekly.at(1, friday + 86_400_000));
        Baseline bursty = new Baseline.Bursty(5, 3, 0.5);
        for (long at = 0; at < 1000; at++) {
            double count = bursty.at(1, at * 60_000);
            assertTrue(count >= 0 && count == Math.rint(count));
        }
    }

    @Test
    void noiseIsNormalAndTheStreamThatOfSplittableRandom() {
        SplittableRandom random = new SplittableRandom(42);
        for (int n = 1; n <= 100; n++) {
            assertEquals(random.nextLong(), Noise.bits(42, n));
        }
        assertEquals(1.959964, Noise.normalQuantile(0.975), 1e-6);
        assertEquals(-3.090232, Noise.normalQuantile(0.001), 1e-6);
        assertEquals(-7.941345, Noise.normalQuantile(1e-15), 1e-5);
        assertEquals(0, Noise.normalQuantile(0.5));
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < 100_000; n++) {
            double draw = Noise.normal(7, n);
            sum += draw;
            squares += draw * draw;
        }
        assertEquals(0, sum / 100_000, 0.02);
        assertEquals(1, squares / 100_000, 0.02);
    }

    @Test
    void impossibleSetsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LabelledSet(1, 0, START, 1, STEP));
        assertThrows(IllegalArgumentException.class, () -> new LabelledSet(1, 1, START, 0, STEP));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabelledSet(1, 1, START, 1, Duration.ofMillis(999)));
        Injection injection = new Injection(InjectedKind.SPIKE, InjectedSeverity.MILD, 5, 10);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Injection(InjectedKind.SPIKE, InjectedSeverity.MILD, 5, 5));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new SimulatedSeries(
                                "s", 1, new Baseline.Flat(1, 1), List.of(injection, injection)));
        assertEquals(START, new LabelledSet(1, 1, START, 1, STEP).start());
        assertEquals(Instant.ofEpochMilli(5), injection.window().from());
    }
}
