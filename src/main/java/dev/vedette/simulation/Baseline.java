package dev.vedette.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How a series behaves when nothing is wrong. A pure function of a stream of randomness and the
 * time.
 */
public sealed interface Baseline
        permits Baseline.Flat,
                Baseline.Daily,
                Baseline.Weekly,
                Baseline.Walk,
                Baseline.Bursty,
                Baseline.SawTooth,
                Counter {
    /**
     * The value at that time.
     *
     * @param key the stream of randomness, one per series
     * @param epochMillis milliseconds since 1970-01-01T00:00Z
     */
    double at(long key, long epochMillis);

    /** How much of the regular movement's standard deviation counts as spread beside the noise. */
    double REGULAR_SHARE = 0.3;

    /**
     * The measure by which anomalies are sized, above 0, in the unit of the values: the standard
     * deviation of the noise and {@value #REGULAR_SHARE} of that of the regular movement, because a
     * value that is far out at night may be an everyday one at noon. Of a counter, that of its rate
     * per second.
     */
    double spread();

    /**
     * The value at that time with what is made wrong; NaN when there is no point.
     *
     * @param injections oldest first, not overlapping
     */
    default double disturbed(long key, long epochMillis, List<Injection> injections) {
        for (Injection injection : injections) {
            if (injection.covers(epochMillis)) {
                return allowed(
                        injection.apply(
                                key,
                                epochMillis,
                                at(key, epochMillis),
                                spread(),
                                time -> at(key, time)));
            }
        }
        return at(key, epochMillis);
    }

    /** Whether that can be made wrong with it. */
    default boolean canHave(InjectedKind kind) {
        return kind != InjectedKind.SEASONAL || hasSeason();
    }

    /**
     * The value nearest to that one which such a series can have: counts stay whole and above 0.
     */
    default double allowed(double value) {
        return value;
    }

    /** Whether the time of day decides the value, so that a broken season can be seen. */
    default boolean hasSeason() {
        return false;
    }

    /** The name in file names: the record's name in lower case. */
    default String label() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Normal noise around a level. */
    record Flat(double level, double spread) implements Baseline {
        @Override
        public double at(long key, long epochMillis) {
            return level + spread * Noise.normal(key, epochMillis);
        }
    }

    /**
     * A day that repeats.
     *
     * @param level value in the depth of the night
     * @param amplitude how much higher the peak is
     * @param peakHour hour of UTC of the peak, in [0,24)
     * @param noise standard deviation of the noise
     */
    record Daily(double level, double amplitude, double peakHour, double noise)
            implements Baseline {
        @Override
        public double spread() {
            return noise + REGULAR_SHARE * DayCurve.DEVIATION * amplitude;
        }

        @Override
        public boolean hasSeason() {
            return true;
        }

        @Override
        public double at(long key, long epochMillis) {
            return level
                    + amplitude * DayCurve.at(epochMillis, peakHour)
                    + noise * Noise.normal(key, epochMillis);
        }
    }

    /**
     * A day that repeats, smaller on Saturdays and Sundays.
     *
     * @param level value in the depth of the night
     * @param amplitude how much higher the peak is on a working day
     * @param weekend how much of the amplitude is left at the weekend, in [0,1]
     * @param peakHour hour of UTC of the peak, in [0,24)
     * @param noise standard deviation of the noise
     */
    record Weekly(double level, double amplitude, double weekend, double peakHour, double noise)
            implements Baseline {
        @Override
        public double spread() {
            return noise + REGULAR_SHARE * DayCurve.DEVIATION * amplitude;
        }

        @Override
        public boolean hasSeason() {
            return true;
        }

        @Override
        public double at(long key, long epochMillis) {
            double share = 1 - (1 - weekend) * DayCurve.weekend(epochMillis);
            return level
                    + share * amplitude * DayCurve.at(epochMillis, peakHour)
                    + noise * Noise.normal(key, epochMillis);
        }
    }

    /**
     * A level that wanders as a random walk would, over hours and days, but stays in the region:
     * octaves of smooth noise, each four times slower and larger than the one before.
     *
     * @param level where it comes back to
     * @param noise standard deviation of the noise between neighbouring points
     */
    record Walk(double level, double noise) implements Baseline {
        private static final long HOUR = Duration.ofHours(1).toMillis();

        /** Standard deviation of the wandering, in noises: the octaves of {@link #at} together. */
        private static final double WANDER = Math.sqrt(0.25 + 1 + 4 + 16);

        @Override
        public double spread() {
            return noise * (1 + REGULAR_SHARE * WANDER);
        }

        @Override
        public double at(long key, long epochMillis) {
            double value = level + noise * Noise.normal(key, epochMillis);
            double size = noise / 2;
            for (int octave = 1; octave <= 4; octave++) {
                long period = HOUR << (2 * octave);
                value += size * Noise.wander(Noise.split(key, octave), epochMillis, period);
                size *= 2;
            }
            return value;
        }
    }

    /**
     * Counts that come in bursts: a quiet rate, and short stretches at a multiple of it.
     *
     * @param rate mean count of a quiet point, above 0
     * @param burst how many times the rate is higher in a burst, above 1
     * @param chance share of the quarters of an hour that are bursts, in [0,1]
     */
    record Bursty(double rate, double burst, double chance) implements Baseline {
        private static final long QUARTER = Duration.ofMinutes(15).toMillis();

        @Override
        public double at(long key, long epochMillis) {
            long quarter = Math.floorDiv(epochMillis, QUARTER);
            boolean isBurst = Noise.uniform(Noise.split(key, 1), quarter) < chance;
            double mean = rate * (isBurst ? burst : 1);
            return count(mean, Noise.normal(key, epochMillis));
        }

        @Override
        public double allowed(double value) {
            return Math.max(0, Math.rint(value));
        }

        /** The noise of the count and a quarter of a burst: five of them stand above a burst. */
        @Override
        public double spread() {
            return Math.sqrt(rate) + rate * (burst - 1) / 4;
        }

        /** A count with that mean and its root as deviation: Poisson, by its normal limit. */
        static double count(double mean, double normal) {
            return Math.max(0, Math.rint(mean + Math.sqrt(mean) * normal));
        }
    }

    /**
     * A rise that falls back to its start, again and again: a cache, a heap, a log disk.
     *
     * @param low value after a fall
     * @param high value before a fall
     * @param period time from fall to fall, above 0
     * @param noise standard deviation of the noise
     */
    record SawTooth(double low, double high, Duration period, double noise) implements Baseline {
        @Override
        public double spread() {
            return noise + REGULAR_SHARE * (high - low) / Math.sqrt(12);
        }

        @Override
        public double at(long key, long epochMillis) {
            long millis = period.toMillis();
            double share = (double) Math.floorMod(epochMillis, millis) / millis;
            return low + (high - low) * share + noise * Noise.normal(key, epochMillis);
        }
    }
}
