package dev.vedette.simulation;

import java.time.Duration;
import java.util.Locale;

/**
 * How a series behaves when nothing is wrong. A pure function of a stream of randomness and the
 * time.
 */
public sealed interface Baseline {
    /**
     * The value at that time.
     *
     * @param key the stream of randomness, one per series
     * @param epochMillis milliseconds since 1970-01-01T00:00Z
     */
    double at(long key, long epochMillis);

    /**
     * The standard deviation of its noise, above 0, in the unit of the values: the measure by which
     * anomalies are sized. Of a counter, which has none, the rise of an hour.
     */
    double spread();

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
     * @param spread standard deviation of the noise
     */
    record Daily(double level, double amplitude, double peakHour, double spread)
            implements Baseline {
        @Override
        public boolean hasSeason() {
            return true;
        }

        @Override
        public double at(long key, long epochMillis) {
            return level
                    + amplitude * DayCurve.at(epochMillis, peakHour)
                    + spread * Noise.normal(key, epochMillis);
        }
    }

    /**
     * A day that repeats, smaller on Saturdays and Sundays.
     *
     * @param level value in the depth of the night
     * @param amplitude how much higher the peak is on a working day
     * @param weekend how much of the amplitude is left at the weekend, in [0,1]
     * @param peakHour hour of UTC of the peak, in [0,24)
     * @param spread standard deviation of the noise
     */
    record Weekly(double level, double amplitude, double weekend, double peakHour, double spread)
            implements Baseline {
        @Override
        public boolean hasSeason() {
            return true;
        }

        @Override
        public double at(long key, long epochMillis) {
            double share = 1 - (1 - weekend) * DayCurve.weekend(epochMillis);
            return level
                    + share * amplitude * DayCurve.at(epochMillis, peakHour)
                    + spread * Noise.normal(key, epochMillis);
        }
    }

    /**
     * A level that wanders as a random walk would, over hours and days, but stays in the region:
     * octaves of smooth noise, each four times slower and larger than the one before.
     *
     * @param level where it comes back to
     * @param spread standard deviation of the noise between neighbouring points
     */
    record Walk(double level, double spread) implements Baseline {
        private static final long HOUR = Duration.ofHours(1).toMillis();

        @Override
        public double at(long key, long epochMillis) {
            double value = level + spread * Noise.normal(key, epochMillis);
            double size = spread / 2;
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

        @Override
        public double spread() {
            double fromBursts = rate * (burst - 1) * Math.sqrt(chance * (1 - chance));
            return Math.sqrt(rate + fromBursts * fromBursts);
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
     * @param spread standard deviation of the noise
     */
    record SawTooth(double low, double high, Duration period, double spread) implements Baseline {
        @Override
        public double at(long key, long epochMillis) {
            long millis = period.toMillis();
            double share = (double) Math.floorMod(epochMillis, millis) / millis;
            return low + (high - low) * share + spread * Noise.normal(key, epochMillis);
        }
    }

    /**
     * A counter that only rises, faster by day than by night, and starts at 0 again now and then.
     * Rises strictly between points a second or more apart that have no reset between them.
     *
     * @param perSecond mean rise a second, above 0
     * @param life mean time between resets, above 0
     */
    record Counter(double perSecond, Duration life) implements Baseline {
        private static final double SWING = 0.5;
        private static final double JITTER_SECONDS = 0.2;

        @Override
        public double at(long key, long epochMillis) {
            double reset = total(lastReset(key, epochMillis));
            double jitter = JITTER_SECONDS * Noise.uniform(key, Math.floorDiv(epochMillis, 1000L));
            return perSecond * (total(epochMillis) - reset + jitter);
        }

        @Override
        public double allowed(double value) {
            return Math.max(0, value);
        }

        @Override
        public double spread() {
            return perSecond * 3600;
        }

        /** Seconds that count, since 1970: the integral of 1 + SWING cos(2πt/day). */
        private static double total(long epochMillis) {
            double seconds = epochMillis / 1000.0;
            double day = DayCurve.DAY / 1000.0;
            double angle = 2 * StrictMath.PI * Math.floorMod(epochMillis, DayCurve.DAY);
            return seconds
                    + SWING * day / (2 * StrictMath.PI) * StrictMath.sin(angle / DayCurve.DAY);
        }

        private long lastReset(long key, long epochMillis) {
            long cell = Math.floorDiv(epochMillis, life.toMillis());
            long inThisLife = reset(key, cell);
            return inThisLife <= epochMillis ? inThisLife : reset(key, cell - 1);
        }

        private long reset(long key, long cell) {
            long millis = life.toMillis();
            return cell * millis + (long) (Noise.uniform(Noise.split(key, 1), cell) * millis);
        }
    }
}
