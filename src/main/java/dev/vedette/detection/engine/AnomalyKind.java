package dev.vedette.detection.engine;

import java.util.Locale;

/** The finer kind of an anomaly, inside its {@link AnomalyType}. */
public enum AnomalyKind {
    /** A short excursion upwards. */
    SPIKE(AnomalyType.SPIKE),
    /** A short excursion downwards. */
    DIP(AnomalyType.SPIKE),
    /** The level moves on and on. */
    TREND(AnomalyType.TREND),
    /** The level stepped and stayed. */
    LEVEL_SHIFT(AnomalyType.TREND),
    /** The spread changed, the middle did not. */
    VARIANCE(AnomalyType.TREND),
    /** The value stopped moving at all. */
    FLATLINE(AnomalyType.TREND),
    /** The series stopped sending. */
    MISSING(AnomalyType.TREND),
    /** The daily or weekly shape was broken. */
    SEASONAL(AnomalyType.SEASONAL),
    /** Nothing strange. */
    NORMAL(AnomalyType.NORMAL),
    /** A node's metrics together left what they usually do. */
    JOINT(AnomalyType.TREND),
    /** A node stands apart from the others of its cluster. Last: states store the places. */
    PEER(AnomalyType.TREND);

    private final AnomalyType type;

    AnomalyKind(AnomalyType type) {
        this.type = type;
    }

    /** The coarse label this kind belongs to. */
    public AnomalyType type() {
        return type;
    }

    /** The kind in the API, in files and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
