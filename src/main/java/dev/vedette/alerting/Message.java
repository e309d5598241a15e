package dev.vedette.alerting;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something that is to be told on some channels.
 *
 * @param route which route tells it
 * @param group of which alert of the route
 * @param incident of which incident: of several, the first that goes on
 * @param event why
 * @param revision counts the messages of the alert, from 1
 * @param at when it was decided
 * @param channels where, in order
 * @param facts what is known
 */
public record Message(
        String route,
        String group,
        UUID incident,
        NotificationEvent event,
        int revision,
        Instant at,
        List<String> channels,
        Notification.Facts facts) {
    /** Copies the list. */
    public Message {
        channels = List.copyOf(channels);
    }

    /**
     * Whether it asks people for attention, rather than bringing up to date what they were told.
     */
    public static boolean isLoud(NotificationEvent event) {
        return switch (event) {
            case OPENED, ESCALATED, REMINDED -> true;
            case UPDATED, RESOLVED, TEST -> false;
        };
    }
}
