package dev.vedette.alerting;

import dev.vedette.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One message to one channel, and what became of it.
 *
 * @param tenant whose
 * @param id the message's key, the same on every try
 * @param seq its place among all of the tenant, ascending
 * @param route of which route
 * @param group of which alert of the route
 * @param channel to which channel
 * @param incident about which incident
 * @param event why
 * @param revision counts the messages of the alert, from 1
 * @param facts what it says
 * @param plannedAt when it was decided
 * @param state where it stands
 * @param attempts tries begun
 * @param nextAt when the next may begin
 * @param answer the last answer of the other side
 */
public record Delivery(
        TenantId tenant,
        UUID id,
        long seq,
        String route,
        String group,
        String channel,
        UUID incident,
        NotificationEvent event,
        int revision,
        Notification.Facts facts,
        Instant plannedAt,
        State state,
        int attempts,
        Instant nextAt,
        Optional<Said> answer) {
    /** Where a delivery stands. */
    public enum State {
        /** It is to be sent, or is being sent. */
        DUE,
        /** The other side has it. */
        DELIVERED,
        /** The other side does not want it, or did not answer for too long. */
        FAILED,
        /** What came after it said more before it was sent. */
        SUPERSEDED;

        /** The state in the API and the database: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What the other side said.
     *
     * @param code its status; 0 when it did not answer
     * @param words its words, or why there was no answer
     * @param at when
     */
    public record Said(int code, String words, Instant at) {}

    /** The key of a message to a channel: made from what it is, so that it is the same again. */
    public static UUID idOf(TenantId tenant, Message message, String channel) {
        String name =
                String.join(
                        "\u0000",
                        tenant.value(),
                        message.route(),
                        message.group(),
                        Integer.toString(message.revision()),
                        channel);
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
