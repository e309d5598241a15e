package dev.vedette.scheduling;

import java.util.Locale;

/** Where something stands that was asked for and that a worker does later. */
public enum JobState {
    /** Nobody works on it yet. */
    QUEUED,
    /** A worker is at it; after a restart another goes on. */
    RUNNING,
    /** It is done. */
    COMPLETED,
    /** Stopped by a person. */
    CANCELLED,
    /** Stopped by a failure. */
    FAILED;

    /** The state in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of that label.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static JobState of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Whether it is waiting or being worked on. */
    public boolean isActive() {
        return this == QUEUED || this == RUNNING;
    }
}
