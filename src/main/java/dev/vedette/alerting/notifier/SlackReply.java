package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.vedette.alerting.Answer;
import java.util.Optional;
import java.util.Set;

/**
 * What a method of Slack's answered. It answers 200 to what it refuses too, and names the reason in
 * {@code error}.
 *
 * @param outcome of the POST
 * @param body its JSON; a missing node when there is none
 */
record SlackReply(HttpOutcome outcome, JsonNode body) {
    // Of the methods' tables of errors those that name Slack's own trouble.
    private static final Set<String> PASSING =
            Set.of(
                    "ratelimited",
                    "rate_limited",
                    "message_limit_exceeded",
                    "internal_error",
                    "fatal_error",
                    "service_unavailable",
                    "request_timeout",
                    "team_added_to_org");

    // The message was deleted, or is too old to be changed in this workspace.
    private static final Set<String> GONE =
            Set.of(
                    "message_not_found",
                    "cant_update_message",
                    "edit_window_closed",
                    "channel_not_found");

    /** The reply that such a POST brought. */
    static SlackReply of(HttpOutcome outcome) {
        JsonNode body =
                outcome instanceof HttpOutcome.Answered answered && answered.isTaken()
                        ? json(answered.body())
                        : MissingNode.getInstance();
        return new SlackReply(outcome, body);
    }

    private static JsonNode json(String text) {
        try {
            return IncidentJson.tree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Whether the message to change is no longer there. */
    boolean isGone() {
        return GONE.contains(error());
    }

    private String error() {
        return body.path("error").asText();
    }

    /**
     * What that means.
     *
     * @param last the message that was changed or answered; empty when this one is the first
     */
    Answer answer(Optional<SlackMessage> last) {
        if (!(outcome instanceof HttpOutcome.Answered answered && answered.isTaken())) {
            return outcome.answer(Optional.empty());
        }
        if (body.path("ok").asBoolean()) {
            SlackMessage message = last.orElseGet(this::posted);
            return new Answer.Delivered(answered.code(), "ok", Optional.of(message.reference()));
        }
        if (error().isEmpty()) {
            return new Answer.Retry(answered.code(), "not an answer of Slack's", answered.after());
        }
        String said = PlainText.line("Slack says: " + error(), PlainText.SAID);
        return PASSING.contains(error())
                ? new Answer.Retry(answered.code(), said, answered.after())
                : new Answer.Refused(answered.code(), said);
    }

    private SlackMessage posted() {
        return new SlackMessage(body.path("channel").asText(), body.path("ts").asText());
    }
}
