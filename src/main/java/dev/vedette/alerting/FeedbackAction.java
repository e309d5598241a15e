package dev.vedette.alerting;

import java.util.Locale;

/** What a person can say with one click on a message. */
public enum FeedbackAction {
    /** It was real. */
    CONFIRM,
    /** It was real and meant to be so. */
    EXPECTED,
    /** It was nothing. */
    FALSE_ALARM,
    /** Not now: nobody is told of it for an hour. */
    SILENCE;

    /** The action in the API and in links: the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** On the button. */
    public String text() {
        return switch (this) {
            case CONFIRM -> "Confirm";
            case EXPECTED -> "Expected";
            case FALSE_ALARM -> "False alarm";
            case SILENCE -> "Silence 1 h";
        };
    }
}
