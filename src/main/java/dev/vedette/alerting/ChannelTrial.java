package dev.vedette.alerting;

import dev.vedette.detection.engine.Severity;
import dev.vedette.explanation.Phrases;
import dev.vedette.http.Caller;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends a test to a channel, at once and once, and tells what the other side said. */
@ApplicationScoped
public class ChannelTrial {
    private final AlertSettings settings;
    private final Channels channels;
    private final Sender sender;
    private final MessageLinks links;
    private final InstantSource clock;

    // Threads without a pool: each ends with its test.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    ChannelTrial(
            AlertSettings settings,
            Channels channels,
            Sender sender,
            MessageLinks links,
            InstantSource clock) {
        this.settings = settings;
        this.channels = channels;
        this.sender = sender;
        this.links = links;
        this.clock = clock;
    }

    /**
     * Sends a test to the channel of that name; fails with {@code NOT_FOUND} when there is none.
     */
    public Uni<Answer> send(Caller caller, String name) {
        TenantId tenant = caller.tenant().orElseThrow();
        return settings.find(tenant, Setting.Kind.CHANNEL, name)
                .chain(setting ->
                        Uni.createFrom()
                                .item(() -> send(tenant, setting))
                                .runSubscriptionOn(threads));
    }

    private Answer send(TenantId tenant, Setting setting) {
        Optional<ChannelTarget> target = channels.target(tenant, setting);
        return target.isEmpty()
                ? new Answer.Refused(
                        Answer.NONE, "the channel's secrets cannot be read; enter them again")
                : sender.send(target.get(), test(tenant), null);
    }

    private Notification test(TenantId tenant) {
        Instant now = clock.instant();
        UUID id = UUID.randomUUID();
        return new Notification(
                tenant,
                id,
                id.toString(),
                NotificationEvent.TEST,
                1,
                now,
                new Notification.Facts(
                        Phrases.ENGLISH.say("alert.test.title"),
                        Phrases.ENGLISH.say("alert.test"),
                        Severity.INFO,
                        IncidentStatus.RESOLVED,
                        "test",
                        List.of("test"),
                        List.of("test"),
                        1,
                        1,
                        1,
                        now,
                        Optional.of(now),
                        0),
                Optional.empty(),
                links.ofTest());
    }
}
