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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a receiver that speaks Slack's methods. */
class SlackNotifierTest {
    private static final String POSTED =
            "{\"ok\":true,\"channel\":\"C012AB3CD\",\"ts\":\"1700000000.000100\"}";
    private static final String REFERENCE = "C012AB3CD/1700000000.000100";

    private final TestReceiver slack = new TestReceiver("127.0.0.1").always(200, POSTED);
    private final TestSender test = new TestSender();
    private final SlackNotifier notifier =
            new SlackNotifier(test.here(), slack.url() + "/api", new SlackBlocks(Samples.WORDS));
    private final ChannelTarget bot = new ChannelTarget.SlackBot("#ops", new Secret("xoxb-1"));

    @AfterEach
    void close() {
        slack.close();
        test.close();
    }

    private Answer send(NotificationEvent event, int revision, @Nullable String reference) {
        return notifier.send(bot, Samples.of(event, revision), reference);
    }

    @Test
    void oneMessageIsPostedThenChangedThenResolved() {
        Answer first = send(NotificationEvent.OPENED, 1, null);
        assertEquals(new Answer.Delivered(200, "ok", Optional.of(REFERENCE)), first);
        assertEquals("/api/chat.postMessage", slack.last().uri());
        assertEquals("#ops", slack.last().json().path("channel").asText());
        assertEquals("Bearer xoxb-1", slack.last().headers().get("authorization"));

        assertEquals(first, send(NotificationEvent.UPDATED, 2, REFERENCE));
        assertEquals(first, send(NotificationEvent.RESOLVED, 3, REFERENCE));
        assertEquals(3, slack.got().size());
        assertEquals("/api/chat.update", slack.last().uri());
        assertEquals("C012AB3CD", slack.last().json().path("channel").asText());
        assertEquals("1700000000.000100", slack.last().json().path("ts").asText());
        assertEquals(
                "Resolved: CPU on 12 nodes of edge", slack.last().json().path("text").asText());
    }

    @Test
    void whoMustBeToldAgainReadsItInTheThreadAndTheChannel() {
        Answer answer = send(NotificationEvent.ESCALATED, 2, REFERENCE);
        assertEquals(Optional.of(REFERENCE), ((Answer.Delivered) answer).reference());
        assertEquals(
                List.of("/api/chat.update", "/api/chat.postMessage"),
                slack.got().stream().map(TestReceiver.Got::uri).toList());
        JsonNode reply = slack.last().json();
        assertEquals("1700000000.000100", reply.path("thread_ts").asText());
        assertTrue(reply.path("reply_broadcast").asBoolean());
        assertEquals(
                "Critical, Nobody took it yet: CPU on 12 nodes of edge",
                reply.path("text").asText());
    }

    @Test
    void messageThatWasDeletedIsPostedAnew() {
        slack.then(200, "{\"ok\":false,\"error\":\"message_not_found\"}");
        slack.then(200, POSTED.replace("000100", "000200"));
        Answer answer = send(NotificationEvent.UPDATED, 2, REFERENCE);
        assertEquals(
                Optional.of("C012AB3CD/1700000000.000200"),
                ((Answer.Delivered) answer).reference());
    }

    @ParameterizedTest
    @ValueSource(strings = {"not_in_channel", "invalid_auth", "is_archived", "channel_not_found"})
    void refusalOfSlackIsFinalAndNamed(String error) {
        slack.always(200, "{\"ok\":false,\"error\":\"" + error + "\"}");
        assertEquals(
                new Answer.Refused(200, "Slack says: " + error),
                send(NotificationEvent.OPENED, 1, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal_error", "service_unavailable", "ratelimited"})
    void troubleOfSlackIsTriedAgain(String error) {
        slack.then(200, "{\"ok\":false,\"error\":\"" + error + "\"}");
        assertInstanceOf(Answer.Retry.class, send(NotificationEvent.OPENED, 1, null));
    }

    @Test
    void rateLimitOfSlackIsHonoured() {
        slack.then(429, "{\"ok\":false,\"error\":\"ratelimited\"}", "Retry-After", "30");
        Answer answer = send(NotificationEvent.OPENED, 1, null);
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                assertInstanceOf(Answer.Retry.class, answer).after());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>gateway</html>", "{}", "null", "[]"})
    void answerThatIsNotSlacksIsTriedAgain(String body) {
        slack.then(200, body);
        assertInstanceOf(Answer.Retry.class, send(NotificationEvent.OPENED, 1, null));
    }

    @Test
    void incomingWebhookOnlyPosts() {
        slack.always(200, "ok");
        ChannelTarget hook =
                new ChannelTarget.SlackWebhook(new Secret(slack.url() + "/services/T0/B0/x"));
        Answer first = notifier.send(hook, Samples.of(NotificationEvent.OPENED, 1), null);
        assertEquals(new Answer.Delivered(200, "ok", Optional.empty()), first);
        notifier.send(hook, Samples.of(NotificationEvent.RESOLVED, 2), null);
        assertEquals(
                List.of("/services/T0/B0/x", "/services/T0/B0/x"),
                slack.got().stream().map(TestReceiver.Got::uri).toList());
        slack.then(404, "no_service " + slack.url() + "/services/T0/B0/x");
        Answer gone = notifier.send(hook, Samples.of(NotificationEvent.OPENED, 3), null);
        assertEquals(new Answer.Refused(404, "no_service ***"), gone);
    }

    @Test
    void hostileTextNamesNobodyAndLinksNowhere() {
        Notification.Facts facts =
                Samples.facts(NotificationEvent.OPENED, Samples.HOSTILE, Samples.HOSTILE);
        notifier.send(bot, Samples.of(NotificationEvent.OPENED, 1, facts), null);
        String body = slack.last().json().toString();
        assertFalse(body.contains("<!"), body);
        assertFalse(body.contains("<@"), body);
        assertFalse(body.contains("<script"), body);
        assertFalse(body.contains("<https://evil"), body);
        assertTrue(body.contains("&lt;!channel&gt; &lt;@U123&gt;"), body);
        // What is a link is ours.
        assertTrue(body.contains("<https://vedette.example/incidents/"), body);
        assertTrue(body.contains("feedback?a=f&amp;t=x.y|False alarm>"), body);
    }

    @Test
    void longTextStaysWithinSlacksLimits() {
        Notification.Facts facts =
                Samples.facts(NotificationEvent.OPENED, "<t>".repeat(4_000), "&".repeat(10_240));
        notifier.send(bot, Samples.of(NotificationEvent.OPENED, 1, facts), null);
        JsonNode message = slack.last().json();
        assertTrue(message.path("text").asText().length() <= 4_000);
        assertTrue(message.path("blocks").size() <= 50);
        for (JsonNode text : message.path("blocks").findValues("text")) {
            String said = text.isTextual() ? text.asText() : text.path("text").asText();
            assertTrue(said.length() <= 3_000, "" + said.length());
            assertFalse(said.matches("(?s).*&[a-z]{0,3}$"), "an escape is cut in two");
        }
        assertTrue(message.path("blocks").findValue("fields").size() <= 10);
    }

    @Test
    void messageHasFactsAndASparkline() {
        send(NotificationEvent.OPENED, 1, null);
        String body = slack.last().json().toString();
        assertTrue(body.contains("*Nodes*\\napi-05, api-06, and 10 more"), body);
        assertTrue(body.contains("█"), body);
        assertTrue(body.contains("CPU rose to 97 %."), body);
    }
}
