package dev.vedette.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A set of single series of all baselines, each with up to six anomalies and the first quarter free
 * of them, so that a detector can learn. Spikes and dips last one to six points, broken seasons 13
 * to 36 hours, all others 5 to 24; between two lie 12 hours or more. Only what a baseline can have
 * is put into it: broken seasons only where there is one. The same arguments always give the same
 * set.
 *
 * @param seed any number
 * @param series how many, at least 1
 * @param start time of the first point
 * @param days how long, at least 1
 * @param step time between two points, at least a second
 * @param kinds what may be made wrong, at least one
 */
public record LabelledSet(
        long seed, int series, Instant start, int days, Duration step, Set<InjectedKind> kinds) {
    private static final double FREE_SHARE = 0.25;
    private static final int MOST_ANOMALIES = 6;
    private static final int LONGEST_SPIKE = 6;
    private static final Duration REST = Duration.ofHours(12);

    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException when one is out of its range; the message holds it
     */
    public LabelledSet {
        kinds = Set.copyOf(kinds);
        if (series < 1 || days < 1 || step.toMillis() < 1000 || kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "a set needs at least one series, one day, a step of a second and a kind, has "
                            + series
                            + ", "
                            + days
                            + ", "
                            + step
                            + " and "
                            + kinds);
        }
    }

    /** One with anomalies of all kinds. */
    public LabelledSet(long seed, int series, Instant start, int days, Duration step) {
        this(seed, series, start, days, step, EnumSet.allOf(InjectedKind.class));
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
            case 4 -> new Baseline.Bursty(20 + level / 100, 3, 0.05);
            case 6 -> new Baseline.SawTooth(level, level + amplitude, Duration.ofHours(6), spread);
            default -> new Counter(level, Duration.ofDays(3));
        };
    }

    /** Anomalies in equal parts of the time after the free one, one a part, so none overlap. */
    private List<Injection> injections(Baseline baseline, long key) {
        List<InjectedKind> fitting =
                Arrays.stream(InjectedKind.values())
                        .filter(kind -> kinds.contains(kind) && baseline.canHave(kind))
                        .toList();
        int free = (int) (FREE_SHARE * points());
        int room = (points() - free) / 2;
        int most = fitting.isEmpty() ? 0 : Math.min(MOST_ANOMALIES, room);
        int count = Noise.below(most + 1, key, 0);
        List<Injection> injections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int part = (points() - free) / count;
            injections.add(injection(fitting, Noise.split(key, i + 1), free + i * part, part));
        }
        return injections;
    }

    private Injection injection(List<InjectedKind> fitting, long key, int first, int part) {
        InjectedKind kind = kind(fitting, key);
        int usable = Math.max(2, part - points(REST));
        int points = Math.clamp(wanted(kind, key), 1, Math.max(1, usable - 1));
        int from = first + Noise.below(Math.max(1, usable - points), key, 3);
        return new Injection(
                kind,
                InjectedSeverity.drawn(key, 4),
                epochMillis(from),
                epochMillis(from + points),
                Noise.below(2, key, 5) == 1);
    }

    /**
     * A type first, so that spikes, trends and seasons come equally often; then one of its kinds.
     */
    private static InjectedKind kind(List<InjectedKind> fitting, long key) {
        List<String> types = fitting.stream().map(InjectedKind::type).distinct().toList();
        String type = types.get(Noise.below(types.size(), key, 1));
        List<InjectedKind> ofType = fitting.stream().filter(k -> k.type().equals(type)).toList();
        return ofType.get(Noise.below(ofType.size(), key, 6));
    }

    private int wanted(InjectedKind kind, long key) {
        double share = Noise.uniform(key, 2);
        return switch (kind) {
            case SPIKE, DIP -> 1 + (int) (LONGEST_SPIKE * share);
            case SEASONAL -> points(Duration.ofMinutes((long) (60 * (13 + 23 * share))));
            case TREND, LEVEL_SHIFT, VARIANCE, FLATLINE, MISSING ->
                    points(Duration.ofMinutes((long) (60 * (5 + 19 * share))));
        };
    }

    private int points(Duration time) {
        return (int) Math.max(1, time.toMillis() / step.toMillis());
    }
}
