package dev.vedette.transaction.rule;

import java.time.Instant;
import java.util.Locale;

/**
 * One form a rule had.
 *
 * @param version from 1, without gaps
 * @param rule what it said
 * @param state where it stands
 * @param author who wrote it
 * @param at when it was written or, once published, when that was
 */
public record RuleVersion(int version, Rule rule, State state, String author, Instant at) {
    /** Where a version stands. */
    public enum State {
        /** Still edited; judges nothing. */
        DRAFT,
        /** The one that judges. */
        PUBLISHED,
        /** Was published once. */
        REPLACED;

        /** The state in the API and in the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
