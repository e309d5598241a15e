package dev.vedette.alerting;

/**
 * Something that nobody may read in a log or an answer.
 *
 * @param value the secret itself, never empty; goes to the other side only
 */
public record Secret(String value) {
    /**
     * Refuses what cannot be one.
     *
     * @throws IllegalArgumentException when the value is blank
     */
    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a secret must not be blank");
        }
    }

    /** Three stars. */
    @Override
    public String toString() {
        return "***";
    }
}
