package dev.vedette.simulation;

import java.util.Locale;

/**
 * How large an injected anomaly is, in spreads of what it is injected into (see {@link
 * Baseline#spread()}): what the careful see, everybody sees, nobody can overlook. Five is the least
 * that one point of normal noise does not reach by itself in a month of five-minute steps.
 */
public enum InjectedSeverity {
    /** A careful eye sees it. */
    MILD(5),
    /** Everybody sees it. */
    CLEAR(8),
    /** Nobody can overlook it. */
    SEVERE(12);

    private final double spreads;

    InjectedSeverity(double spreads) {
        this.spreads = spreads;
    }

    /** Its size in spreads. */
    public double spreads() {
        return spreads;
    }

    /** The severity in files: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Drawn from the n-th number of that stream: a quarter mild, half clear, a quarter severe. */
    static InjectedSeverity drawn(long key, long n) {
        return switch (Noise.below(4, key, n)) {
            case 0 -> MILD;
            case 3 -> SEVERE;
            default -> CLEAR;
        };
    }
}
