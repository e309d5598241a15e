package dev.vedette.alerting;

import org.jspecify.annotations.Nullable;

/**
 * One channel: brings a message to the other side. Blocks until that side answers or a time-out
 * ends the wait, so it is called on a virtual thread, outside of any transaction. Thread-safe.
 */
public interface Notifier {
    /** Which channel. */
    ChannelKind kind();

    /** Whether its messages show the chart, so that it is worth drawing. */
    default boolean showsChart() {
        return false;
    }

    /**
     * Sends the message once; it never tries again by itself and never throws for what the other
     * side does.
     *
     * @param target of this kind
     * @param notification what to say
     * @param reference of the last delivered message about this incident to this target, so that
     *     the channel changes or threads that one; null when this is the first
     * @throws IllegalArgumentException when the target is of another kind
     */
    Answer send(ChannelTarget target, Notification notification, @Nullable String reference);
}
