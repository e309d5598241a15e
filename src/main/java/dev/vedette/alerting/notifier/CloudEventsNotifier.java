package dev.vedette.alerting.notifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.Notifier;
import dev.vedette.alerting.Secret;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A POST of one event in structured JSON. Source: CloudEvents 1.0.2, "JSON Event Format" and "HTTP
 * Protocol Binding", section 3.2. Source and id together are the idempotency key.
 */
final class CloudEventsNotifier implements Notifier {
    private static final String MEDIA_TYPE = "application/cloudevents+json; charset=UTF-8";

    private final HttpSender http;

    CloudEventsNotifier(HttpSender http) {
        this.http = http;
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.CLOUDEVENTS;
    }

    @Override
    public Answer send(
            ChannelTarget target, Notification notification, @Nullable String reference) {
        if (!(target instanceof ChannelTarget.CloudEvents(String url, Optional<Secret> token))) {
            throw WrongTarget.of(kind(), target);
        }
        return http.post(HttpMessage.json(url, MEDIA_TYPE, body(notification), token))
                .answer(Optional.of(notification.key()));
    }

    private static String body(Notification notification) {
        ObjectNode event = IncidentJson.object();
        event.put("specversion", "1.0");
        event.put("id", notification.key());
        event.put("source", "/vedette/tenants/" + notification.tenant());
        event.put("type", "dev.vedette." + IncidentJson.type(notification) + ".v1");
        event.put("subject", notification.incident().toString());
        event.put("time", notification.at().toString());
        event.put("datacontenttype", "application/json");
        event.set("data", IncidentJson.data(notification));
        return IncidentJson.text(event);
    }
}
