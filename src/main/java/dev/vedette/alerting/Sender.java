package dev.vedette.alerting;

import dev.vedette.tracing.SharedWork;
import dev.vedette.tracing.Tracing;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Brings one message to its channel and notes the answer. */
@ApplicationScoped
class Sender {
    private static final Logger LOG = Logger.getLogger(Sender.class);

    private final Map<ChannelKind, Notifier> notifiers = new EnumMap<>(ChannelKind.class);
    private final DeliveryStore store;
    private final Channels channels;
    private final MessageCharts charts;
    private final MessageLinks links;
    private final RetryPlan retries;
    private final InstantSource clock;
    private final AlertMetrics metrics;
    private final Tracing tracing;

    Sender(
            @All List<Notifier> notifiers,
            DeliveryStore store,
            Channels channels,
            MessageCharts charts,
            MessageLinks links,
            AlertingConfig config,
            InstantSource clock,
            AlertMetrics metrics,
            Tracing tracing) {
        notifiers.forEach(notifier -> this.notifiers.put(notifier.kind(), notifier));
        this.store = store;
        this.channels = channels;
        this.charts = charts;
        this.links = links;
        this.retries = new RetryPlan(config.retryFor());
        this.clock = clock;
        this.metrics = metrics;
        this.tracing = tracing;
    }

    /** Sends it once, and notes what became of it unless somebody else has taken over. */
    void send(DeliveryStore.Claim claim) {
        SharedWork notifying = tracing.share("notify", claim.trace().stream().toList());
        notifying.set("vedette.attempt", claim.delivery().attempts());
        try {
            notifying.run(() -> tell(claim));
        } catch (RuntimeException e) {
            notifying.failed(e);
            throw e;
        } finally {
            notifying.end();
        }
    }

    private void tell(DeliveryStore.Claim claim) {
        Delivery delivery = claim.delivery();
        Optional<ChannelTarget> target =
                claim.channel().flatMap(setting -> channels.target(delivery.tenant(), setting));
        Answer answer =
                target.map(to -> send(to, notification(delivery, to), reference(claim)))
                        .orElseGet(() -> unreachable(claim));
        Instant now = clock.instant();
        Optional<Instant> retryAt =
                answer instanceof Answer.Retry retry
                        ? retries.next(
                                delivery.attempts(),
                                claim.since(),
                                now,
                                retry.after(),
                                ThreadLocalRandom.current().nextDouble())
                        : Optional.empty();
        if (store.settle(claim, answer, now, retryAt)) {
            metrics.tried(target.map(ChannelTarget::kind), answer, retryAt.isPresent());
            note(delivery, answer, now, retryAt.isPresent());
        }
    }

    /**
     * Sends a message.
     *
     * @return what the other side said; a fault of ours counts as an answer that never came
     */
    Answer send(ChannelTarget target, Notification notification, @Nullable String reference) {
        Notifier notifier = notifiers.get(target.kind());
        if (notifier == null) {
            return new Answer.Refused(
                    Answer.NONE, "this service has no way to " + target.kind().label());
        }
        try {
            return metrics.timed(
                    target.kind(), () -> notifier.send(target, notification, reference));
        } catch (RuntimeException e) {
            LOG.errorf(e, "notifier failed channel=%s", target.kind().label());
            return new Answer.Retry(Answer.NONE, "the service failed", Optional.empty());
        }
    }

    /** A message that opens is a new one, also when it opens again. */
    private static @Nullable String reference(DeliveryStore.Claim claim) {
        return claim.delivery().event() == NotificationEvent.OPENED
                ? null
                : claim.reference().orElse(null);
    }

    private static Answer unreachable(DeliveryStore.Claim claim) {
        String channel = claim.delivery().channel();
        return new Answer.Refused(
                Answer.NONE,
                claim.channel().isEmpty()
                        ? "there is no channel '" + channel + "' any more"
                        : "the secrets of '" + channel + "' cannot be read; enter them again");
    }

    private Notification notification(Delivery delivery, ChannelTarget target) {
        Notifier notifier = notifiers.get(target.kind());
        return new Notification(
                delivery.tenant(),
                delivery.incident(),
                delivery.id().toString(),
                delivery.event(),
                delivery.revision(),
                delivery.plannedAt(),
                delivery.facts(),
                notifier != null && notifier.showsChart() ? charts.of(delivery) : Optional.empty(),
                links.of(delivery));
    }

    private void note(Delivery delivery, Answer answer, Instant now, boolean isRetried) {
        if (answer instanceof Answer.Delivered) {
            metrics.delivered(Duration.between(delivery.plannedAt(), now));
        } else if (!isRetried) {
            LOG.warnf(
                    "message given up tenant=%s route=%s channel=%s delivery=%s attempts=%d code=%d",
                    delivery.tenant(),
                    delivery.route(),
                    delivery.channel(),
                    delivery.id(),
                    delivery.attempts(),
                    answer.code());
        }
    }
}
