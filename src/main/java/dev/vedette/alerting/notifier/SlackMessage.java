package dev.vedette.alerting.notifier;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message in Slack.
 *
 * @param channel id of its channel
 * @param time its {@code ts}, which names it in the channel
 */
record SlackMessage(String channel, String time) {
    private static final Pattern FORM =
            Pattern.compile("([A-Z0-9]{1,50})/([0-9]{1,20}\\.[0-9]{1,20})");

    /** The message of that reference; empty when it is null or of another channel. */
    static Optional<SlackMessage> read(@Nullable String reference) {
        Matcher form = FORM.matcher(reference == null ? "" : reference);
        return form.matches()
                ? Optional.of(new SlackMessage(form.group(1), form.group(2)))
                : Optional.empty();
    }

    /** What names it for the next time. */
    String reference() {
        return channel + "/" + time;
    }
}
