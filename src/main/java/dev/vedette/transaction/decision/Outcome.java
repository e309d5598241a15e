package dev.vedette.transaction.decision;

import java.util.Locale;

/** What is to become of a transaction, from mild to severe. */
public enum Outcome {
    /** It may go on. */
    APPROVE,
    /** A person should look at it. */
    REVIEW,
    /** It should not go on. */
    DECLINE;

    /** Its name in answers and files, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The more severe of both. */
    public Outcome or(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
