package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import java.util.Locale;

/** Where a stored anomaly stands. */
public enum AnomalyStatus {
    /** It goes on. */
    OPEN,
    /** It is over. */
    CLOSED,
    /** A person has seen it. */
    ACKNOWLEDGED,
    /** It is muted. */
    SUPPRESSED;

    /** Where what was found stands before anybody looked at it. */
    static AnomalyStatus of(AnomalyResult result) {
        return result.open() ? OPEN : CLOSED;
    }

    /** The status in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
