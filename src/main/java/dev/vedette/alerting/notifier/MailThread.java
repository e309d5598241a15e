package dev.vedette.alerting.notifier;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first mail about an incident, which the others answer.
 *
 * @param messageId its id, with its angle brackets
 * @param subject its subject, one line
 */
record MailThread(String messageId, String subject) {
    /** The mail of that reference; empty when it is null or names none. */
    static Optional<MailThread> read(@Nullable String reference) {
        if (reference == null || !reference.matches("<[^<>\\s]{3,250}> [^\\r\\n]+")) {
            return Optional.empty();
        }
        int space = reference.indexOf(' ');
        return Optional.of(
                new MailThread(reference.substring(0, space), reference.substring(space + 1)));
    }

    /** What names it for the next time. */
    String reference() {
        return messageId + " " + subject;
    }
}
