package dev.vedette.alerting;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person said of an incident, or of one anomaly in it.
 *
 * @param id its own; the same again is the same word, not another
 * @param about of what
 * @param verdict what it was
 * @param cause what caused it, as they said
 * @param comment what else they said, empty when nothing
 * @param by who; {@code link:<route>} for a click on a message
 * @param at when
 */
public record Feedback(
        UUID id,
        Subject about,
        Verdict verdict,
        Optional<String> cause,
        String comment,
        String by,
        Instant at) {
    /**
     * What is spoken of.
     *
     * @param incident of which
     * @param anomaly of which anomaly in it; empty: of all of it
     */
    public record Subject(UUID incident, Optional<UUID> anomaly) {
        /** All of that incident. */
        public static Subject of(UUID incident) {
            return new Subject(incident, Optional.empty());
        }
    }

    /** What it was. */
    public enum Verdict {
        /** Real. */
        CONFIRMED,
        /** Real, and meant to be so. */
        EXPECTED,
        /** Nothing. */
        FALSE_ALARM,
        /** How things are from now on. */
        NEW_NORMAL;

        /** The verdict in the API and the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
