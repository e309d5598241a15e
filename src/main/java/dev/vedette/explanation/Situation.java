package dev.vedette.explanation;

import dev.vedette.detection.engine.AnomalyResult;
import java.util.Locale;

/** Where an anomaly stands when it is put into words. */
public enum Situation {
    /** It has one moment so far, so nothing can be said about how long. */
    MOMENT,
    /** It goes on. */
    OPEN,
    /** It is over. */
    CLOSED;

    /** The situation of that anomaly. */
    public static Situation of(AnomalyResult anomaly) {
        if (anomaly.windowStart().equals(anomaly.windowEnd())) {
            return MOMENT;
        }
        return anomaly.open() ? OPEN : CLOSED;
    }

    /** Its part of a template's key. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
