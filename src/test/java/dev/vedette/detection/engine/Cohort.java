package dev.vedette.detection.engine;

import dev.vedette.simulation.Baseline;
import dev.vedette.simulation.Counter;
import dev.vedette.simulation.InjectedKind;
import dev.vedette.simulation.InjectedSeverity;
import dev.vedette.simulation.Injection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Series of one metric: one shape, each of its own level (by half to twice), noise (by a third) and
 * hour. Five have lived for 8 to 14 days, each through a shift of two hours in its last week.
 */
final class Cohort {
    /** Shapes there are. */
    static final int SHAPES = 8;

    static final String ENGINE = "ensemble";
    static final EngineRegistry ENGINES = EngineRegistry.standard();

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final long DAY = 86_400_000;
    private static final int SIBLINGS = 5;
    private static final List<InjectedSeverity> SEVERITIES = List.of(InjectedSeverity.values());

    private final Random random;
    private final int shape;
    private final long step;
    private final double level;
    private final double amplitude;
    private final double spread;
    private final double peak;
    private final int days;

    /** Of that shape, 0 to {@value #SHAPES} − 1; the same arguments always give the same. */
    Cohort(long seed, int shape, Duration step) {
        this.random = new Random(100 * seed + shape);
        this.shape = shape;
        this.step = step.toMillis();
        this.level = Math.pow(10, 5 * random.nextDouble());
        this.amplitude = level * (0.5 + random.nextDouble());
        this.spread = level * (0.02 + 0.06 * random.nextDouble());
        this.peak = 24 * random.nextDouble();
        this.days = 8 + random.nextInt(7);
    }

    /** A series of the cohort that has no point yet. */
    record Fresh(Baseline baseline, long key, long birth, long step) {
        double at(long time, List<Injection> injections) {
            return baseline.disturbed(key, time, injections);
        }

        /** One of each kind it can have, to be tried one at a time, all in its first six hours. */
        List<Injection> anomalies(Random random) {
            List<Injection> anomalies = new ArrayList<>();
            for (InjectedKind kind :
                    List.of(
                            InjectedKind.SPIKE,
                            InjectedKind.DIP,
                            InjectedKind.LEVEL_SHIFT,
                            InjectedKind.TREND,
                            InjectedKind.VARIANCE,
                            InjectedKind.FLATLINE)) {
                boolean isShort = kind == InjectedKind.SPIKE || kind == InjectedKind.DIP;
                long after = Math.max(12 * step, (long) (6 * 3_600_000 * random.nextDouble()));
                long from = birth + after / step * step;
                long to = from + (isShort ? 3 * step : 3_600_000);
                InjectedSeverity severity = SEVERITIES.get(random.nextInt(SEVERITIES.size()));
                if (baseline.canHave(kind)) {
                    anomalies.add(new Injection(kind, severity, from, to));
                }
            }
            return anomalies;
        }
    }

    /** The states of the old ones. */
    List<byte[]> siblings() {
        List<byte[]> siblings = new ArrayList<>();
        for (int i = 0; i < SIBLINGS; i++) {
            long shift = START.toEpochMilli() + (long) ((days - 7 + 6 * random.nextDouble()) * DAY);
            Injection incident =
                    new Injection(
                            InjectedKind.LEVEL_SHIFT,
                            InjectedSeverity.CLEAR,
                            shift,
                            shift + 7_200_000);
            siblings.add(learnt(baseline(), random.nextLong(), List.of(incident)));
        }
        return siblings;
    }

    private byte[] learnt(Baseline baseline, long key, List<Injection> incidents) {
        SeriesEvaluator evaluator = ENGINES.open(ENGINE, DetectionSettings.DEFAULT);
        for (long t = START.toEpochMilli(); t < START.toEpochMilli() + days * DAY; t += step) {
            evaluator.update(t, baseline.disturbed(key, t, incidents));
        }
        return evaluator.snapshot();
    }

    /** The next new one, born at some hour of the day after. */
    Fresh fresh() {
        long hour = (long) (DAY * random.nextDouble()) / step * step;
        long birth = START.toEpochMilli() + days * DAY + hour;
        return new Fresh(baseline(), random.nextLong(), birth, step);
    }

    Random random() {
        return random;
    }

    private Baseline baseline() {
        double size = Math.pow(2, 2 * random.nextDouble() - 1);
        double noise = spread * Math.pow(1.5, 2 * random.nextDouble() - 1);
        double hour = peak + random.nextGaussian() / 2;
        double high = level * size;
        return switch (shape) {
            case 0 -> new Baseline.Flat(high, noise * size);
            case 1 -> new Baseline.Daily(high, amplitude * size, hour, noise * size);
            case 2 -> new Baseline.Walk(high, noise * size);
            case 3 -> new Baseline.Weekly(high, amplitude * size, 0.4, hour, noise * size);
            case 4 -> new Baseline.Bursty((20 + level / 100) * size, 3, 0.05);
            case 5 ->
                    new Baseline.SawTooth(
                            high, high + amplitude * size, Duration.ofHours(6), noise * size);
            case 6 -> new Baseline.Daily(level, amplitude / 2, hour, noise);
            default -> new Counter(high, Duration.ofDays(3));
        };
    }
}
