package dev.vedette.detection.engine;

import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;

/** Made-up series for the tests of engines; same seed, same points. */
final class SyntheticSeries {
    /** 2026-01-05, a Monday. */
    static final long START = 1_767_571_200_000L;

    private final long[] times;
    private final double[] values;

    private SyntheticSeries(long[] times, double[] values) {
        this.times = times;
        this.values = values;
    }

    /** Everything that may happen: jumps, standstills, gaps, infinities, points out of order. */
    static SyntheticSeries wild(long seed, int points) {
        Random random = new Random(seed);
        long[] times = new long[points];
        double[] values = new double[points];
        double scale = Math.pow(10, random.nextInt(-6, 12));
        long step = new long[] {1_000, 10_000, 60_000, 300_000, 3_600_000}[random.nextInt(5)];
        long time = START;
        double level = random.nextGaussian() * 10;
        double held = 0;
        int hold = random.nextInt(100);
        for (int i = 0; i < points; i++) {
            time += random.nextInt(50) == 0 ? random.nextLong(-step, 100 * step) : step;
            times[i] = time;
            if (random.nextInt(300) == 0) {
                level = random.nextGaussian() * 30;
            }
            if (random.nextInt(400) == 0) {
                hold = random.nextInt(60);
            }
            if (hold-- <= 0) {
                held = level + random.nextGaussian();
            }
            values[i] = scale * odd(random, held);
        }
        return new SyntheticSeries(times, values);
    }

    /** One point after the other, each value a function of its index. */
    static SyntheticSeries of(int points, long stepMillis, IntToDoubleFunction value) {
        long[] times = new long[points];
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            times[i] = START + i * stepMillis;
            values[i] = value.applyAsDouble(i);
        }
        return new SyntheticSeries(times, values);
    }

    /** A daily wave of size 10 around 50 with noise of size 1, every five minutes. */
    static SyntheticSeries daily(long seed, int points, DoubleBinaryOperator change) {
        Random random = new Random(seed);
        return of(
                points,
                300_000,
                i -> {
                    double usual = 50 + 10 * Math.sin(2 * Math.PI * i / 288);
                    return change.applyAsDouble(i, usual) + random.nextGaussian();
                });
    }

    int length() {
        return times.length;
    }

    private static double odd(Random random, double value) {
        return switch (random.nextInt(300)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> value * 1e9;
            case 3 -> -0.0;
            default -> value;
        };
    }

    long time(int i) {
        return times[i];
    }

    double value(int i) {
        return values[i];
    }
}
