package dev.vedette.detection.engine;

import java.util.Locale;

/** How urgent an anomaly is, by its score. The limits are the dashboard's: one scale everywhere. */
public enum Severity {
    /** Below 0.60. */
    INFO,
    /** From 0.60. */
    WARNING,
    /** From 0.85. */
    CRITICAL;

    /** The severity of that score in [0,1]. */
    public static Severity of(double score) {
        if (score >= 0.85) {
            return CRITICAL;
        }
        return score >= 0.60 ? WARNING : INFO;
    }

    /** The severity in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
