package dev.vedette.alerting;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person said of an incident.
 *
 * @param id its own; the same again is the same word, not another
 * @param incident of which
 * @param verdict what it was
 * @param cause what caused it, as they said
 * @param comment what else they said, empty when nothing
 * @param by who; {@code link:<route>} for a click on a message
 * @param at when
 */
public record Feedback(
        UUID id,
        UUID incident,
        Verdict verdict,
        Optional<String> cause,
        String comment,
        String by,
        Instant at) {
    /** What an incident was. */
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
