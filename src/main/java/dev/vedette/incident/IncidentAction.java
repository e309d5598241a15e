package dev.vedette.incident;

import java.time.Instant;
import java.util.Locale;

/**
 * What a person did with an incident.
 *
 * @param at when
 * @param actor who: the caller's name
 * @param kind what
 * @param note what they said, empty when nothing
 */
public record IncidentAction(Instant at, String actor, Kind kind, String note) {
    /** What can be done. */
    public enum Kind {
        /** Somebody takes it: it is not told again until it is over or worse. */
        ACKNOWLEDGE,
        /** Somebody says it is over, whatever the anomalies say. */
        RESOLVE,
        /** Somebody takes back that it is over or taken. */
        REOPEN,
        /** Somebody says something. */
        COMMENT;

        /** The kind in the API and the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
