package dev.vedette.detection.engine;

import java.util.Locale;

/** The coarse label of an anomaly. */
public enum AnomalyType {
    /** A short excursion that comes back by itself. */
    SPIKE,
    /** A level or slope that stays. */
    TREND,
    /** The daily or weekly shape did not come, or came at the wrong time. */
    SEASONAL,
    /** Nothing strange. */
    NORMAL;

    /** The label in the API, in files and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
