package dev.vedette.alerting.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.alerting.Secret;
import dev.vedette.alerting.WebhookSignature;
import dev.vedette.detection.engine.Severity;
import dev.vedette.incident.IncidentStatus;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The channels that programs read: webhook, CloudEvents, PagerDuty. */
class ProgramChannelsTest {
    private final TestReceiver receiver = new TestReceiver("127.0.0.1");
    private final TestSender test = new TestSender();

    @AfterEach
    void close() {
        receiver.close();
        test.close();
    }

    // Standard Webhooks 1.0.0, as a receiver checks it.
    private static String signature(String secret, TestReceiver.Got got) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        String signed =
                got.headers().get("webhook-id")
                        + "."
                        + got.headers().get("webhook-timestamp")
                        + "."
                        + got.body();
        return "v1,"
                + Base64.getEncoder()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void webhookIsSignedWithBothSecretsAndTheSameOnEveryTry() throws Exception {
        String old = WebhookSignature.newSecret(new SecureRandom());
        String next = WebhookSignature.newSecret(new SecureRandom());
        WebhookNotifier notifier = new WebhookNotifier(test.here(), TestSender.CLOCK);
        ChannelTarget target =
                new ChannelTarget.Webhook(
                        receiver.url() + "/hook", List.of(new Secret(next), new Secret(old)));
        receiver.then(500, "oops");
        Notification opened = Samples.of(NotificationEvent.OPENED, 1);
        assertInstanceOf(Answer.Retry.class, notifier.send(target, opened, null));
        assertInstanceOf(Answer.Delivered.class, notifier.send(target, opened, null));
        assertEquals(receiver.got().get(0), receiver.got().get(1));
        TestReceiver.Got got = receiver.last();
        assertEquals("msg_0b8e3c5e_1", got.headers().get("webhook-id"));
        assertEquals(
                TestSender.CLOCK.instant().getEpochSecond(),
                Long.parseLong(got.headers().get("webhook-timestamp")));
        assertEquals(
                signature(next, got) + " " + signature(old, got),
                got.headers().get("webhook-signature"));
        JsonNode body = got.json();
        assertEquals("incident.opened", body.path("type").asText());
        assertEquals("2026-11-21T18:01:00Z", body.path("timestamp").asText());
        JsonNode data = body.path("data");
        assertEquals("acme", data.path("tenant_id").asText());
        assertEquals(Samples.INCIDENT.toString(), data.path("incident_id").asText());
        assertEquals("critical", data.path("severity").asText());
        assertEquals(12, data.path("nodes").asInt());
        assertTrue(data.path("resolved_at").isNull());
        assertEquals(4, data.path("answers").size());
    }

    @Test
    void webhookThatIsGoneIsRefused() {
        receiver.then(410, "gone");
        ChannelTarget target =
                new ChannelTarget.Webhook(
                        receiver.url(),
                        List.of(new Secret(WebhookSignature.newSecret(new SecureRandom()))));
        assertEquals(
                new Answer.Refused(410, "gone"),
                new WebhookNotifier(test.here(), TestSender.CLOCK)
                        .send(target, Samples.of(NotificationEvent.OPENED, 1), null));
    }

    @Test
    void cloudEventHasItsAttributesAndTheIncident() {
        CloudEventsNotifier notifier = new CloudEventsNotifier(test.here());
        ChannelTarget target =
                new ChannelTarget.CloudEvents(receiver.url(), Optional.of(new Secret("t0k")));
        Answer answer = notifier.send(target, Samples.of(NotificationEvent.RESOLVED, 3), null);
        assertInstanceOf(Answer.Delivered.class, answer);
        TestReceiver.Got got = receiver.last();
        assertEquals(
                "application/cloudevents+json; charset=UTF-8", got.headers().get("content-type"));
        assertEquals("Bearer t0k", got.headers().get("authorization"));
        JsonNode event = got.json();
        assertEquals("1.0", event.path("specversion").asText());
        assertEquals("msg_0b8e3c5e_3", event.path("id").asText());
        assertEquals("/vedette/tenants/acme", event.path("source").asText());
        assertEquals("dev.vedette.incident.resolved.v1", event.path("type").asText());
        assertEquals(Samples.INCIDENT.toString(), event.path("subject").asText());
        assertEquals("2026-11-21T18:03:00Z", event.path("time").asText());
        assertEquals("2026-11-21T18:12:00Z", event.path("data").path("resolved_at").asText());
    }

    private Answer page(NotificationEvent event, Notification.Facts facts) {
        PagerDutyNotifier notifier =
                new PagerDutyNotifier(
                        test.here(),
                        new PagerDutyNotifier.Bases(receiver.url() + "/us", receiver.url() + "/eu"),
                        Samples.WORDS);
        ChannelTarget target = new ChannelTarget.PagerDuty(new Secret("R0UT1NGKEY"), false);
        return notifier.send(target, Samples.of(event, 1, facts), null);
    }

    @Test
    void pagerDutyIsTriggeredAcknowledgedAndResolvedUnderOneKey() {
        receiver.always(202, "{\"status\":\"success\",\"message\":\"Event processed\"}");
        Notification.Facts open = Samples.facts(NotificationEvent.OPENED, "CPU", "It rose.");
        page(NotificationEvent.OPENED, open);
        page(
                NotificationEvent.UPDATED,
                Samples.with(open, Severity.WARNING, IncidentStatus.ACKNOWLEDGED));
        Answer last =
                page(
                        NotificationEvent.RESOLVED,
                        Samples.facts(NotificationEvent.RESOLVED, "CPU", ""));
        String key = "vedette/acme/" + Samples.INCIDENT;
        assertEquals(Optional.of(key), ((Answer.Delivered) last).reference());
        List<JsonNode> events = receiver.got().stream().map(TestReceiver.Got::json).toList();
        assertEquals(
                List.of("trigger", "acknowledge", "resolve"),
                events.stream().map(event -> event.path("event_action").asText()).toList());
        events.forEach(event -> {
            assertEquals(key, event.path("dedup_key").asText());
            assertEquals("R0UT1NGKEY", event.path("routing_key").asText());
        });
        assertEquals("/us/v2/enqueue", receiver.last().uri());
        JsonNode payload = events.getFirst().path("payload");
        assertEquals("Critical: CPU", payload.path("summary").asText());
        assertEquals("api-05", payload.path("source").asText());
        assertEquals("critical", payload.path("severity").asText());
        assertEquals("edge", payload.path("group").asText());
        assertEquals("It rose.", payload.path("custom_details").path("explanation").asText());
    }

    @Test
    void testOfPagerDutyLeavesNothingOpen() {
        receiver.always(202, "{}");
        page(NotificationEvent.TEST, Samples.facts(NotificationEvent.TEST, "A test", ""));
        List<JsonNode> events = receiver.got().stream().map(TestReceiver.Got::json).toList();
        assertEquals(2, events.size());
        assertEquals("resolve", events.getLast().path("event_action").asText());
        assertEquals(events.getFirst().path("dedup_key"), events.getLast().path("dedup_key"));
        assertFalse(
                events.getFirst().path("dedup_key").asText().contains(Samples.INCIDENT.toString()));
    }

    @Test
    void longTitleFitsIntoPagerDuty() {
        receiver.always(202, "{}");
        page(
                NotificationEvent.OPENED,
                Samples.facts(NotificationEvent.OPENED, "x".repeat(10_240), "y".repeat(10_240)));
        JsonNode payload = receiver.last().json().path("payload");
        assertEquals(1024, payload.path("summary").asText().length());
        assertTrue(receiver.last().body().length() < 512 * 1024);
    }

    @Test
    void keyThatPagerDutyDoesNotKnowIsRefusedWithoutShowingIt() {
        receiver.then(400, "{\"status\":\"invalid event\",\"errors\":[\"R0UT1NGKEY is unknown\"]}");
        Answer answer =
                page(NotificationEvent.OPENED, Samples.facts(NotificationEvent.OPENED, "CPU", ""));
        assertEquals(400, assertInstanceOf(Answer.Refused.class, answer).code());
        assertFalse(answer.said().contains("R0UT1NGKEY"), answer.said());
    }
}
