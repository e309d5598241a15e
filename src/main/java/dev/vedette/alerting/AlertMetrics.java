package dev.vedette.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** What operators see of alerting. */
@Startup
@ApplicationScoped
class AlertMetrics {
    private static final String DELIVERED = "delivered";
    private static final String RETRIED = "retried";
    private static final String FAILED = "failed";
    private static final String NO_CHANNEL = "none";

    private final MeterRegistry registry;
    private final AtomicLong due = new AtomicLong();
    private final AtomicLong deadRoutes = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicLong undecidedMillis = new AtomicLong();

    AlertMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("vedette_alerting_due_messages", due);
        registry.gauge("vedette_alerting_dead_routes", deadRoutes);
        age(
                "vedette_alerting_oldest_due_seconds",
                "Age of the oldest message that is to be sent",
                oldestMillis);
        age(
                "vedette_alerting_oldest_undecided_seconds",
                "Age of the oldest change of an incident that no notifier has looked at",
                undecidedMillis);
        registerAtZero();
    }

    private void age(String name, String description, AtomicLong millis) {
        TimeGauge.builder(name, millis::get, TimeUnit.MILLISECONDS)
                .description(description)
                .register(registry);
    }

    // An increase from nothing to the first failure is none to Prometheus: alerts need the zero.
    private void registerAtZero() {
        for (ChannelKind kind : ChannelKind.values()) {
            for (String outcome : List.of(DELIVERED, RETRIED, FAILED)) {
                tries(kind.label(), outcome);
            }
            tryTime(kind);
        }
        tries(NO_CHANNEL, FAILED);
        for (NotificationEvent event : NotificationEvent.values()) {
            messages(event);
        }
        for (Alert.Held held : Alert.Held.values()) {
            passed(held);
        }
        deliveryTime();
    }

    private Counter tries(String channel, String outcome) {
        return Counter.builder("vedette_alerting_tries_total")
                .description("Tries to bring a message to a channel")
                .tag("channel", channel)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter messages(NotificationEvent event) {
        return Counter.builder("vedette_alerting_messages_total")
                .description("Messages decided, each to one or more channels")
                .tag("event", event.label())
                .register(registry);
    }

    private Counter passed(Alert.Held held) {
        return Counter.builder("vedette_alerting_passed_total")
                .description("Alerts over before anybody was told, by reason")
                .tag("reason", held.label())
                .register(registry);
    }

    private Timer tryTime(ChannelKind kind) {
        return registry.timer("vedette_alerting_try_seconds", "channel", kind.label());
    }

    private Timer deliveryTime() {
        return registry.timer("vedette_alerting_delivery_seconds");
    }

    /** Counts what was decided. */
    void decided(AlertPlans.Decisions decisions) {
        decisions.messages().forEach(message -> messages(message.event()).increment());
        decisions.alerts().stream()
                .filter(alert -> alert.phase() == Alert.Phase.PASSED)
                .flatMap(alert -> alert.held().stream())
                .forEach(held -> passed(held).increment());
    }

    /** Notes what is behind. */
    void backlog(DeliveryStore.Backlog backlog, Instant now) {
        due.set(backlog.due());
        deadRoutes.set(backlog.deadRoutes());
        oldestMillis.set(age(backlog.oldest(), now));
        undecidedMillis.set(age(backlog.undecided(), now));
    }

    private static long age(Optional<Instant> since, Instant now) {
        return since.map(one -> Duration.between(one, now).toMillis()).orElse(0L);
    }

    /** Counts a try, by what it came to: delivered, retried or failed. */
    void tried(Optional<ChannelKind> kind, Answer answer, boolean isRetried) {
        String outcome =
                answer instanceof Answer.Delivered ? DELIVERED : isRetried ? RETRIED : FAILED;
        tries(kind.map(ChannelKind::label).orElse(NO_CHANNEL), outcome).increment();
    }

    /** Does a try, and notes how long it took. */
    Answer timed(ChannelKind kind, Supplier<Answer> attempt) {
        Timer.Sample sample = Timer.start(registry);
        try {
            return attempt.get();
        } finally {
            sample.stop(tryTime(kind));
        }
    }

    /** Notes how long after its decision a message was with the other side. */
    void delivered(Duration after) {
        deliveryTime().record(after);
    }
}
