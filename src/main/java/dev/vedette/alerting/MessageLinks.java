package dev.vedette.alerting;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The links in messages: to the incident's page, and to answer with one click. */
@ApplicationScoped
public class MessageLinks {
    private final AlertingConfig config;
    private final AlertKeys keys;

    MessageLinks(AlertingConfig config, AlertKeys keys) {
        this.config = config;
        this.keys = keys;
    }

    /** The links of a message, the same on every try. */
    Notification.Links of(Delivery delivery) {
        Instant expires = delivery.plannedAt().plus(config.linkLife());
        List<Notification.Link> answers =
                Arrays.stream(FeedbackAction.values())
                        .map(action ->
                                new FeedbackLink(
                                        delivery.tenant(),
                                        delivery.incident(),
                                        action,
                                        delivery.route(),
                                        expires.truncatedTo(ChronoUnit.SECONDS)))
                        .map(link ->
                                new Notification.Link(
                                        link.action().text(),
                                        at("/feedback/" + link.sign(keys.links()))))
                        .toList();
        return new Notification.Links(at("/incidents/" + delivery.incident()), answers);
    }

    /** The links of a test: to the first page, and nothing to answer. */
    Notification.Links ofTest() {
        return new Notification.Links(at("/"), List.of());
    }

    /** What a signed text allows, expired or not; empty for one that this service did not sign. */
    public Optional<FeedbackLink> read(String text) {
        return FeedbackLink.read(text, keys.links());
    }

    private URI at(String path) {
        String base = config.publicUrl().toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
