package dev.vedette.incident;

import java.util.Locale;

/** Where an incident stands. */
public enum IncidentStatus {
    /** It goes on, and nobody has taken it. */
    OPEN,
    /** It goes on, and somebody has taken it. */
    ACKNOWLEDGED,
    /** All its anomalies are over, or a person said so. */
    RESOLVED,
    /** It turned out to be part of another. */
    MERGED,
    /** None of its anomalies stood a second look at the data. */
    WITHDRAWN;

    /** The status in the API: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
