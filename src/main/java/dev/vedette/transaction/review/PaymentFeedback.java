package dev.vedette.transaction.review;

import java.time.Instant;
import java.util.Locale;

/**
 * What somebody said of a transaction; the newest word counts.
 *
 * @param transactionId of which
 * @param verdict what it was
 * @param comment at most {@value #MOST_CHARACTERS} characters; empty for none
 * @param author who said it
 * @param at when
 */
public record PaymentFeedback(
        String transactionId, Verdict verdict, String comment, String author, Instant at) {
    /** Longest comment. */
    public static final int MOST_CHARACTERS = 2000;

    /** What a transaction was. */
    public enum Verdict {
        /** Somebody else's than the account's owner. */
        FRAUD,
        /** As the account's owner wanted it. */
        LEGITIMATE,
        /** Looked at, and not to be told. */
        UNSURE;

        /** The verdict in the API and in the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
