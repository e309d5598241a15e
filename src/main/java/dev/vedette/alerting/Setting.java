package dev.vedette.alerting;

import java.time.Instant;
import java.util.Locale;

/**
 * Something a tenant set about alerting.
 *
 * @param kind what it is
 * @param name its own within the tenant and kind
 * @param document as the API takes it, in JSON; a channel's holds its secrets encrypted only
 * @param revision counts its changes over all settings of the tenant: its entity tag
 * @param by who changed it last
 * @param at when
 */
public record Setting(
        Kind kind, String name, String document, long revision, String by, Instant at) {
    /** What can be set. */
    public enum Kind {
        /** Who hears of which incidents. */
        ROUTE,
        /** Where messages go. */
        CHANNEL,
        /** When nobody is told. */
        SILENCE;

        /** The kind in the API and the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
