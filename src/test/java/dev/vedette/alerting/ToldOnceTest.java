package dev.vedette.alerting;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vedette.alerting.notifier.RealAlertmanager;
import dev.vedette.alerting.notifier.TestChannels;
import dev.vedette.alerting.notifier.TestReceiver;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.explanation.Phrases;
import dev.vedette.incident.IncidentGrouper;
import dev.vedette.incident.IncidentReach;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.incident.IncidentSummary;
import dev.vedette.incident.IncidentWords;
import dev.vedette.incident.Symptom;
import dev.vedette.tenant.TenantId;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forty series go wrong together: who is told, and how often, over real receivers. */
class ToldOnceTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    private final InMemoryAlerting store = new InMemoryAlerting();
    private final RetryPlan retries = new RetryPlan(Duration.ofHours(24));
    private final Map<String, ChannelTarget> targets = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final TestReceiver receiver = new TestReceiver("127.0.0.1");
    private final GreenMail mail =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private @Nullable TestChannels channels;
    // A real Alertmanager compares with its own clock.
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeEach
    void start() {
        mail.start();
        patience(Duration.ofSeconds(15));
    }

    private void patience(Duration patience) {
        if (channels != null) {
            channels.close();
        }
        channels = new TestChannels(mail.getSmtp().getPort(), patience);
    }

    @AfterEach
    void stop() {
        mail.stop();
        receiver.close();
        if (channels != null) {
            channels.close();
        }
    }

    private static IncidentFacts incident(IncidentStatus status, Instant began, int seen) {
        List<Symptom> symptoms =
                IntStream.range(0, seen)
                        .mapToObj(i ->
                                new Symptom(
                                        new UUID(1, i),
                                        "edge",
                                        "api-" + i,
                                        Optional.of("cpu_percent"),
                                        began.plusMillis(i),
                                        began.plusSeconds(60),
                                        status != IncidentStatus.RESOLVED,
                                        0.9,
                                        AnomalyKind.SPIKE))
                        .toList();
        List<List<Symptom>> groups = new IncidentGrouper(IncidentReach.DEFAULT).group(symptoms);
        assertEquals(1, groups.size());
        IncidentSummary summary =
                IncidentSummary.of(groups.getFirst(), new IncidentWords(Phrases.ENGLISH));
        return new IncidentFacts(
                summary.id(),
                summary.title(),
                status,
                summary.score(),
                "metric",
                List.of("edge"),
                groups.getFirst().stream().limit(5).map(Symptom::nodeId).toList(),
                List.of("cpu_percent"),
                Map.of("team", Set.of("payments")),
                summary.nodes(),
                summary.metrics(),
                seen,
                summary.startedAt(),
                summary.lastAt(),
                began,
                Optional.empty(),
                false,
                true);
    }

    private Route route() {
        Route one = AlertSamples.route("all");
        return new Route(
                one.name(),
                one.position(),
                one.isOn(),
                one.goesOn(),
                one.matchers(),
                List.copyOf(targets.keySet()),
                one.groupBy(),
                one.trigger(),
                one.overFor(),
                one.pace(),
                one.escalation(),
                one.quiet());
    }

    /** Lets the time pass in steps, deciding and sending as the jobs do. */
    private void pass(Duration time) {
        Instant end = now.plus(time);
        AlertPlans plans = new AlertPlans(List.of(route()), List.of());
        for (; now.isBefore(end); now = now.plusSeconds(5)) {
            store.decideDue(100, now, one -> plans.decide(one.moment()));
            store.claim("me", now, Duration.ofMinutes(1), 100, 4).forEach(this::send);
        }
    }

    private void send(DeliveryStore.Claim claim) {
        Delivery delivery = claim.delivery();
        ChannelTarget target = targets.get(delivery.channel());
        assertTrue(target != null && channels != null);
        Notification notification =
                new Notification(
                        TENANT,
                        delivery.incident(),
                        delivery.id().toString(),
                        delivery.event(),
                        delivery.revision(),
                        delivery.plannedAt(),
                        delivery.facts(),
                        Optional.empty(),
                        new Notification.Links(URI.create("https://vedette.example/i"), List.of()));
        Answer answer =
                channels.notifiers().stream()
                        .filter(notifier -> notifier.kind() == target.kind())
                        .findFirst()
                        .orElseThrow()
                        .send(target, notification, claim.reference().orElse(null));
        answers.add(answer);
        Optional<Instant> again =
                answer instanceof Answer.Retry retry
                        ? retries.next(delivery.attempts(), claim.since(), now, retry.after(), 0.5)
                        : Optional.empty();
        assertTrue(store.settle(claim, answer, now, again));
    }

    private void live() {
        Instant began = now;
        store.put(TENANT, incident(IncidentStatus.OPEN, began, 25));
        pass(Duration.ofMinutes(1));
        store.put(TENANT, incident(IncidentStatus.ACKNOWLEDGED, began, 40));
        pass(Duration.ofMinutes(10));
        store.put(TENANT, incident(IncidentStatus.RESOLVED, began, 40));
        pass(Duration.ofMinutes(10));
    }

    private List<String> posted() {
        return receiver.got().stream().map(got -> got.json().path("type").asText()).toList();
    }

    @Test
    void fortySeriesAreOneMessageUpdatedAndResolvedOverMailAndWebhook() throws Exception {
        targets.put("mail", new ChannelTarget.Email(List.of("oncall@example.org")));
        targets.put("hook", new ChannelTarget.Webhook(receiver.url(), List.of(new Secret(SECRET))));
        live();
        assertEquals(List.of("incident.opened", "incident.updated", "incident.resolved"), posted());
        assertEquals(40, receiver.last().json().path("data").path("nodes").asInt());
        Set<String> conversations = new HashSet<>();
        for (MimeMessage one : mail.getReceivedMessages()) {
            String first = one.getHeader("References", ",");
            conversations.add(first == null ? one.getMessageID() : first);
        }
        assertEquals(3, mail.getReceivedMessages().length);
        assertEquals(1, conversations.size());
    }

    @Test
    void alertmanagerHasOneAlertUntilItIsOver(@TempDir Path folder) throws Exception {
        assumeTrue(RealAlertmanager.isInstalled());
        RealAlertmanager alertmanager = RealAlertmanager.start(folder);
        try {
            targets.put("am", new ChannelTarget.Alertmanager(alertmanager.url(), Optional.empty()));
            Instant began = now;
            store.put(TENANT, incident(IncidentStatus.OPEN, began, 40));
            pass(Duration.ofMinutes(1));
            assertEquals(1, alertmanager.alerts().size());
            store.put(TENANT, incident(IncidentStatus.RESOLVED, began.minusSeconds(600), 40));
            pass(Duration.ofMinutes(10));
            await().atMost(Duration.ofSeconds(10)).until(() -> alertmanager.alerts().isEmpty());
        } finally {
            alertmanager.stop();
        }
    }

    @Test
    void receiverThatFailsAndStallsGetsEachMessageUnderOneKey() {
        patience(Duration.ofSeconds(3));
        receiver.then(500, "oops").then(TestReceiver.Reply.STALL, "").then(503, "later");
        targets.put("hook", new ChannelTarget.Webhook(receiver.url(), List.of(new Secret(SECRET))));
        store.put(TENANT, incident(IncidentStatus.OPEN, now, 40));
        pass(Duration.ofMinutes(20));
        assertEquals(
                1,
                receiver.got().stream()
                        .map(got -> got.headers().get("webhook-id"))
                        .distinct()
                        .count());
        List<Integer> codes = answers.stream().map(Answer::code).toList();
        assertTrue(codes.containsAll(List.of(Answer.NONE, 503)), codes.toString());
        assertEquals(200, codes.getLast());
    }

    @Test
    void receiverThatIsGoneIsNotAskedAgain() {
        receiver.always(410, "gone");
        targets.put("hook", new ChannelTarget.Webhook(receiver.url(), List.of(new Secret(SECRET))));
        store.put(TENANT, incident(IncidentStatus.OPEN, now, 40));
        pass(Duration.ofMinutes(20));
        assertEquals(List.of("incident.opened"), posted());
    }
}
