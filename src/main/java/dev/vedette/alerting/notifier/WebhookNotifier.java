package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.Notifier;
import dev.vedette.alerting.Secret;
import dev.vedette.alerting.WebhookSignature;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signed POST of JSON to any URL. Source: the Standard Webhooks specification 1.0.0: headers
 * {@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}; body {@code type},
 * {@code timestamp}, {@code data}. The id is the message's key, the same on every try.
 */
final class WebhookNotifier implements Notifier {
    private final HttpSender http;
    private final InstantSource clock;

    WebhookNotifier(HttpSender http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.WEBHOOK;
    }

    @Override
    public Answer send(
            ChannelTarget target, Notification notification, @Nullable String reference) {
        if (!(target instanceof ChannelTarget.Webhook(String url, List<Secret> secrets))) {
            throw WrongTarget.of(kind(), target);
        }
        String body = body(notification);
        HttpMessage plain = HttpMessage.json(url, "application/json", body, Optional.empty());
        Map<String, String> headers = new HashMap<>(plain.headers());
        // The time is of this try: receivers refuse a message that was signed long ago.
        headers.putAll(
                WebhookSignature.headers(
                        notification.key(),
                        clock.instant(),
                        plain.bytes(),
                        secrets.stream().map(Secret::value).toList()));
        return http.post(new HttpMessage(url, headers, body, secrets))
                .answer(Optional.of(notification.key()));
    }

    private static String body(Notification notification) {
        ObjectNode body = IncidentJson.object();
        body.put("type", IncidentJson.type(notification));
        body.put("timestamp", notification.at().toString());
        body.set("data", IncidentJson.data(notification));
        return IncidentJson.text(body);
    }
}
