package dev.vedette.simulation;

import java.util.Locale;

/** How large an injected anomaly is, in standard deviations of the noise it is injected into. */
public enum InjectedSeverity {
    /** A careful eye sees it. */
    MILD(4),
    /** Everybody sees it. */
    CLEAR(8),
    /** Nobody can overlook it. */
    SEVERE(16);

    private final double spreads;

    InjectedSeverity(double spreads) {
        this.spreads = spreads;
    }

    /** Its size in standard deviations of the noise. */
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
