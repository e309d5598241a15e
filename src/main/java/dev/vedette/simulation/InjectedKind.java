package dev.vedette.simulation;

import java.util.Locale;

/** What is made wrong with a series on purpose. */
public enum InjectedKind {
    /** Higher for a short while. */
    SPIKE("spike"),
    /** Lower for a short while. */
    DIP("spike"),
    /** Climbs, or sinks, until the end of the window. */
    TREND("trend"),
    /** Another level during the window. */
    LEVEL_SHIFT("trend"),
    /** Wider noise around the same middle; no counter can have it. */
    VARIANCE("trend"),
    /** The value of the window's start, unchanged. */
    FLATLINE("trend"),
    /** No points. */
    MISSING("trend"),
    /** The day's course missing, or coming half a day late. */
    SEASONAL("seasonal");

    private final String type;

    InjectedKind(String type) {
        this.type = type;
    }

    /** The coarse label it should be found as: spike, trend or seasonal. */
    public String type() {
        return type;
    }

    /** The kind in files: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
