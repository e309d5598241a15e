package dev.vedette.simulation;

import java.time.Duration;
import java.util.List;

/**
 * A counter that only rises, faster by day than by night, and starts at 0 again now and then. Rises
 * strictly between points a second or more apart that have no reset between them. What is made
 * wrong with it is made wrong with its rate, and stays counted until the next reset.
 *
 * @param perSecond mean rise a second, above 0
 * @param life mean time between resets, above 0
 */
public record Counter(double perSecond, Duration life) implements Baseline {
    private static final double SWING = 0.5;
    private static final double JITTER_SECONDS = 0.2;

    /** The largest share of its rate that a dip takes: some still come. */
    private static final double MOST_LOST = 0.95;

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
    public boolean hasSeason() {
        return true;
    }

    @Override
    public boolean canHave(InjectedKind kind) {
        return kind != InjectedKind.VARIANCE;
    }

    @Override
    public double spread() {
        return perSecond * REGULAR_SHARE * SWING / Math.sqrt(2);
    }

    @Override
    public double disturbed(long key, long epochMillis, List<Injection> injections) {
        long reset = lastReset(key, epochMillis);
        double value = at(key, epochMillis);
        for (Injection injection : injections) {
            boolean covers = injection.covers(epochMillis);
            if (covers && injection.kind() == InjectedKind.MISSING) {
                return Double.NaN;
            }
            if (covers && injection.kind() == InjectedKind.FLATLINE) {
                return disturbed(key, injection.fromMillis() - 1, injections);
            }
            long from = Math.max(injection.fromMillis(), reset);
            long to = Math.min(injection.toMillis(), epochMillis);
            value += from < to ? perSecond * seconds(injection, from, to) : 0;
        }
        return value;
    }

    /** How many more seconds count between those times, both inside the injection's window. */
    private double seconds(Injection injection, long from, long to) {
        double share = injection.severity().spreads() * spread() / perSecond;
        double usual = total(to) - total(from);
        double plain = (to - from) / 1000.0;
        return switch (injection.kind()) {
            case SPIKE -> share * plain;
            case DIP -> -Math.min(share, MOST_LOST) * usual;
            case LEVEL_SHIFT ->
                    injection.inverse() ? -Math.min(share, MOST_LOST) * usual : share * plain;
            case TREND -> share * (square(injection, to) - square(injection, from));
            // So that the first value after it is not below the one it stood at.
            case FLATLINE -> -Math.max(0, usual - JITTER_SECONDS);
            case SEASONAL ->
                    injection.inverse()
                            ? plain - usual
                            : total(to - Injection.HALF_A_DAY)
                                    - total(from - Injection.HALF_A_DAY)
                                    - usual;
            case VARIANCE, MISSING -> 0;
        };
    }

    /** The integral of a rise from 0 to 2 over the window, up to that time, in seconds. */
    private static double square(Injection injection, long epochMillis) {
        double seconds = (injection.toMillis() - injection.fromMillis()) / 1000.0;
        double progress = (epochMillis - injection.fromMillis()) / 1000.0 / seconds;
        return seconds * progress * progress;
    }

    /** Seconds that count, since 1970: the integral of 1 + SWING cos(2πt/day). */
    private static double total(long epochMillis) {
        double seconds = epochMillis / 1000.0;
        double day = DayCurve.DAY / 1000.0;
        double angle = 2 * StrictMath.PI * Math.floorMod(epochMillis, DayCurve.DAY);
        return seconds + SWING * day / (2 * StrictMath.PI) * StrictMath.sin(angle / DayCurve.DAY);
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
