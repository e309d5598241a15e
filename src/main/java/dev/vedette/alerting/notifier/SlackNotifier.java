package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.Notifier;
import dev.vedette.alerting.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slack. A bot posts one message per incident and changes it as the incident goes on; who must be
 * told again, because nobody took it or it still goes on, reads that in the message's thread and in
 * the channel, as a changed message alone rings no bell. An incoming webhook can only post.
 *
 * <p>Source: Slack's {@code chat.postMessage}, {@code chat.update} and "Sending messages using
 * incoming webhooks".
 */
final class SlackNotifier implements Notifier {
    /** Where Slack's own methods are. */
    static final String SLACK = "https://slack.com/api";

    private final HttpSender http;
    private final String base;
    private final SlackBlocks blocks;

    /**
     * A notifier.
     *
     * @param base of the methods a bot calls; another one in tests only
     */
    SlackNotifier(HttpSender http, String base, SlackBlocks blocks) {
        this.http = http;
        this.base = base;
        this.blocks = blocks;
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.SLACK;
    }

    @Override
    public boolean showsChart() {
        return true;
    }

    @Override
    public Answer send(
            ChannelTarget target, Notification notification, @Nullable String reference) {
        return switch (target) {
            case ChannelTarget.SlackWebhook(Secret url) -> hook(url, notification);
            case ChannelTarget.SlackBot bot ->
                    SlackMessage.read(reference)
                            .map(message -> change(bot, message, notification))
                            .orElseGet(() -> post(bot, notification));
            default -> throw WrongTarget.of(kind(), target);
        };
    }

    private Answer hook(Secret url, Notification notification) {
        ObjectNode message = IncidentJson.object();
        blocks.fill(message, notification);
        return http.post(
                        new HttpMessage(
                                url.value(),
                                Map.of("content-type", "application/json"),
                                IncidentJson.text(message),
                                List.of(url)))
                .answer(Optional.empty());
    }

    private Answer post(ChannelTarget.SlackBot bot, Notification notification) {
        ObjectNode message = IncidentJson.object().put("channel", bot.channel());
        blocks.fill(message, notification);
        return call(bot, "chat.postMessage", message).answer(Optional.empty());
    }

    private Answer change(
            ChannelTarget.SlackBot bot, SlackMessage last, Notification notification) {
        ObjectNode message =
                IncidentJson.object().put("channel", last.channel()).put("ts", last.time());
        blocks.fill(message, notification);
        SlackReply reply = call(bot, "chat.update", message);
        if (reply.isGone()) {
            return post(bot, notification);
        }
        Answer answer = reply.answer(Optional.of(last));
        boolean ringsTheBell =
                switch (notification.event()) {
                    case ESCALATED, REMINDED -> true;
                    case OPENED, UPDATED, RESOLVED, TEST -> false;
                };
        return ringsTheBell && answer instanceof Answer.Delivered
                ? remind(bot, last, notification)
                : answer;
    }

    private Answer remind(
            ChannelTarget.SlackBot bot, SlackMessage last, Notification notification) {
        ObjectNode message =
                IncidentJson.object()
                        .put("channel", last.channel())
                        .put("thread_ts", last.time())
                        .put("reply_broadcast", true);
        blocks.fill(message, notification);
        return call(bot, "chat.postMessage", message).answer(Optional.of(last));
    }

    private SlackReply call(ChannelTarget.SlackBot bot, String method, ObjectNode message) {
        return SlackReply.of(
                http.post(
                        HttpMessage.json(
                                base + "/" + method,
                                "application/json; charset=utf-8",
                                IncidentJson.text(message),
                                Optional.of(bot.token()))));
    }
}
