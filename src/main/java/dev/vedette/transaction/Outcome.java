package dev.vedette.transaction;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is to be done with a transaction; a later one is stricter. */
public enum Outcome {
    /** Let it pass. */
    APPROVE,
    /** Have a person look at it. */
    REVIEW,
    /** Stop it. */
    DECLINE;

    /** The outcome in the API and in the database: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of that label. */
    public static Optional<Outcome> of(String label) {
        return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    /** The stricter of the two. */
    public Outcome atLeast(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
