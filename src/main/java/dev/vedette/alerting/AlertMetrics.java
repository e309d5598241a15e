package dev.vedette.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What operators see of alerting. */
@ApplicationScoped
class AlertMetrics {
    private final MeterRegistry registry;
    private final AtomicLong due = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();

    AlertMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("vedette_alerting_due_messages", due);
        TimeGauge.builder(
                        "vedette_alerting_oldest_due_seconds",
                        oldestMillis::get,
                        TimeUnit.MILLISECONDS)
                .description("Age of the oldest message that is to be sent")
                .register(registry);
    }

    /** Counts what was decided. */
    void decided(AlertPlans.Decisions decisions) {
        decisions
                .messages()
                .forEach(message ->
                        Counter.builder("vedette_alerting_messages_total")
                                .description("Messages decided, each to one or more channels")
                                .tag("event", message.event().label())
                                .register(registry)
                                .increment());
        decisions.alerts().stream()
                .filter(alert -> alert.phase() == Alert.Phase.PASSED)
                .flatMap(alert -> alert.held().stream())
                .forEach(held ->
                        Counter.builder("vedette_alerting_passed_total")
                                .description("Alerts over before anybody was told, by reason")
                                .tag("reason", held.label())
                                .register(registry)
                                .increment());
    }

    /** Notes what is behind. */
    void backlog(DeliveryStore.Backlog backlog, Instant now) {
        due.set(backlog.due());
        oldestMillis.set(
                backlog.oldest().map(since -> Duration.between(since, now).toMillis()).orElse(0L));
    }

    /** Counts a try, by what it came to: delivered, retried or failed. */
    void tried(Optional<ChannelKind> kind, Answer answer, boolean isRetried) {
        String outcome =
                answer instanceof Answer.Delivered ? "delivered" : isRetried ? "retried" : "failed";
        Counter.builder("vedette_alerting_tries_total")
                .description("Tries to bring a message to a channel")
                .tag("channel", kind.map(ChannelKind::label).orElse("none"))
                .tag("outcome", outcome.toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    /** Does a try, and notes how long it took. */
    Answer timed(ChannelKind kind, Supplier<Answer> attempt) {
        Timer.Sample sample = Timer.start(registry);
        try {
            return attempt.get();
        } finally {
            sample.stop(registry.timer("vedette_alerting_try_seconds", "channel", kind.label()));
        }
    }

    /** Notes how long after its decision a message was with the other side. */
    void delivered(Duration after) {
        registry.timer("vedette_alerting_delivery_seconds").record(after);
    }
}
