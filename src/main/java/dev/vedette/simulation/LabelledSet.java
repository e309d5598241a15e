package dev.vedette.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A set of single series of all baselines, each with up to six anomalies and the first fifth free
 * of them, so that a detector can learn. Broken seasons are put only where there is one. The same
 * arguments always give the same set.
 *
 * @param seed any number
 * @param series how many, at least 1
 * @param start time of the first point
 * @param days how long, at least 1
 * @param step time between two points, at least a second
 */
public record LabelledSet(long seed, int series, Instant start, int days, Duration step) {
    private static final double FREE_SHARE = 0.2;
    private static final int MOST_ANOMALIES = 6;
    private static final List<InjectedKind> KINDS = List.of(InjectedKind.values());
    private static final List<InjectedKind> WITHOUT_SEASON =
            KINDS.stream().filter(kind -> kind != InjectedKind.SEASONAL).toList();

    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException when one is out of its range; the message holds it
     */
    public LabelledSet {
        if (series < 1 || days < 1 || step.toMillis() < 1000) {
            throw new IllegalArgumentException(
                    "a set needs at least one series, one day and a step of a second, has "
                            + series
                            + ", "
                            + days
                            + " and "
                            + step);
        }
    }

    /** How many moments a series has; a point may be missing at some. */
    public int points() {
        return (int) (Duration.ofDays(days).toMillis() / step.toMillis());
    }

    /** The time of the moment with that index, milliseconds since 1970-01-01T00:00Z. */
    public long epochMillis(int index) {
        return start.toEpochMilli() + index * step.toMillis();
    }

    /** All series of the set, by name. */
    public List<SimulatedSeries> all() {
        List<SimulatedSeries> all = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            all.add(series(i));
        }
        return all;
    }

    /** The series of that index, 0 to {@code series − 1}. */
    public SimulatedSeries series(int index) {
        long key = Noise.split(seed, index);
        Baseline baseline = baseline(index, Noise.split(key, 1));
        return new SimulatedSeries(
                String.format(Locale.ROOT, "%03d_%s", index, baseline.label()),
                key,
                baseline,
                injections(baseline, Noise.split(key, 2)));
    }

    private static Baseline baseline(int index, long key) {
        // Levels over five orders of magnitude, so that no detector gets by with a fixed scale.
        double level = StrictMath.pow(10, 5 * Noise.uniform(key, 1));
        double amplitude = level * (0.5 + Noise.uniform(key, 2));
        double spread = level * (0.02 + 0.06 * Noise.uniform(key, 3));
        double peak = 24 * Noise.uniform(key, 4);
        return switch (index % 8) {
            case 0 -> new Baseline.Flat(level, spread);
            case 1, 5 -> new Baseline.Daily(level, amplitude, peak, spread);
            case 2 -> new Baseline.Walk(level, spread);
            case 3 -> new Baseline.Weekly(level, amplitude, 0.4, peak, spread);
            case 4 -> new Baseline.Bursty(5 + level / 100, 3, 0.05);
            case 6 -> new Baseline.SawTooth(level, level + amplitude, Duration.ofHours(6), spread);
            default -> new Baseline.Counter(level, Duration.ofDays(3));
        };
    }

    /** Anomalies in equal parts of the time after the free one, one a part, so none overlap. */
    private List<Injection> injections(Baseline baseline, long key) {
        List<InjectedKind> kinds = baseline.hasSeason() ? KINDS : WITHOUT_SEASON;
        int free = (int) (FREE_SHARE * points());
        int room = (points() - free) / 2;
        int count = Math.min(Noise.below(MOST_ANOMALIES + 1, key, 0), room);
        List<Injection> injections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int part = (points() - free) / count;
            injections.add(injection(kinds, Noise.split(key, i + 1), free + i * part, part));
        }
        return injections;
    }

    private Injection injection(List<InjectedKind> kinds, long key, int first, int part) {
        InjectedKind kind = kinds.get(Noise.below(kinds.size(), key, 1));
        boolean isShort = kind == InjectedKind.SPIKE || kind == InjectedKind.DIP;
        int wanted = isShort ? 1 + Noise.below(6, key, 2) : 40 + Noise.below(200, key, 2);
        int points = Math.clamp(wanted, 1, Math.max(1, part / 2));
        int from = first + Noise.below(Math.max(1, part - points), key, 3);
        return new Injection(
                kind,
                InjectedSeverity.drawn(key, 4),
                epochMillis(from),
                epochMillis(from + points));
    }
}
