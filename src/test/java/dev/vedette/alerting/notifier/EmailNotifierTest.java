package dev.vedette.alerting.notifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vedette.alerting.Answer;
import dev.vedette.alerting.ChannelKind;
import dev.vedette.alerting.ChannelTarget;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.NotificationEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.StartTLSOptions;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real SMTP server. */
class EmailNotifierTest {
    private static final ChannelTarget ONCALL =
            new ChannelTarget.Email(List.of("oncall@example.org", "lead@example.org"));

    private final Vertx vertx = Vertx.vertx();
    private GreenMail server;
    private EmailNotifier notifier;

    @BeforeEach
    void startTheServer() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        notifier = notifier(server.getSmtp().getPort(), "127.0.0.1");
    }

    private EmailNotifier notifier(int port, String host) {
        return new EmailNotifier(vertx, new Settings(Optional.of(host), port), Samples.WORDS);
    }

    private record Settings(Optional<String> host, int port) implements MailConfig {
        @Override
        public boolean tls() {
            return false;
        }

        @Override
        public StartTLSOptions startTls() {
            return StartTLSOptions.DISABLED;
        }

        @Override
        public Optional<String> username() {
            return Optional.empty();
        }

        @Override
        public Optional<String> password() {
            return Optional.empty();
        }

        @Override
        public String from() {
            return "Vedette <vedette@mail.example>";
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(60);
        }
    }

    @AfterEach
    void stop() {
        server.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Answer.Delivered deliver(Notification notification, @Nullable String reference) {
        Answer answer = notifier.send(ONCALL, notification, reference);
        return assertInstanceOf(Answer.Delivered.class, answer, answer.said());
    }

    /** The mail of that message, as the first of its readers got it. */
    private MimeMessage received(int revision) throws Exception {
        for (MimeMessage mail : server.getReceivedMessages()) {
            if (mail.getMessageID().equals("<msg_0b8e3c5e_" + revision + "@mail.example>")) {
                return mail;
            }
        }
        throw new AssertionError("no mail of revision " + revision);
    }

    /** The part of that media type, wherever in the mail it is. */
    private static BodyPart part(Part mail, String type) throws Exception {
        Multipart many = (Multipart) mail.getContent();
        for (int i = 0; i < many.getCount(); i++) {
            BodyPart one = many.getBodyPart(i);
            if (one.isMimeType(type)) {
                return one;
            }
            if (one.isMimeType("multipart/*")) {
                return part(one, type);
            }
        }
        throw new AssertionError("no " + type);
    }

    private static String text(Part mail, String type) throws Exception {
        return String.valueOf(part(mail, type).getContent());
    }

    @Test
    void mailHasTextAndHtmlAndAChart() throws Exception {
        Answer.Delivered answer = deliver(Samples.of(NotificationEvent.OPENED, 1), null);
        assertEquals(250, answer.code());
        assertEquals("accepted", answer.said());
        assertEquals(2, server.getReceivedMessages().length);
        MimeMessage mail = received(1);
        assertEquals("Critical: CPU on 12 nodes of edge", mail.getSubject());
        assertEquals("Vedette <vedette@mail.example>", mail.getFrom()[0].toString());
        assertEquals(2, mail.getRecipients(Message.RecipientType.TO).length);
        assertEquals("auto-generated", mail.getHeader("Auto-Submitted", ","));
        assertEquals("<msg_0b8e3c5e_1@mail.example>", mail.getMessageID());
        String plain = text(mail, "text/plain");
        assertTrue(plain.contains("Nodes: api-05, api-06, and 10 more"), plain);
        assertTrue(plain.contains("https://vedette.example/feedback?a=f&t=x.y"), plain);
        String html = text(mail, "text/html");
        assertTrue(html.contains("<img src=\"cid:chart@vedette\""), html);
        assertTrue(html.contains("href=\"https://vedette.example/feedback?a=f&amp;t=x.y\""), html);
        BodyPart chart = part(mail, "image/png");
        assertEquals("<chart@vedette>", chart.getHeader("Content-ID")[0]);
        assertEquals(ChartImage.WIDTH, ImageIO.read(chart.getInputStream()).getWidth());
    }

    @Test
    void allMailsOfAnIncidentAreOneConversation() throws Exception {
        String first =
                deliver(Samples.of(NotificationEvent.OPENED, 1), null).reference().orElseThrow();
        String second =
                deliver(Samples.of(NotificationEvent.UPDATED, 2), first).reference().orElseThrow();
        assertEquals(first, second);
        deliver(Samples.of(NotificationEvent.RESOLVED, 3), second);
        MimeMessage root = received(1);
        MimeMessage last = received(3);
        assertNull(root.getHeader("In-Reply-To"));
        assertEquals(root.getMessageID(), last.getHeader("In-Reply-To", ","));
        assertEquals(root.getMessageID(), last.getHeader("References", ","));
        assertNotEquals(root.getMessageID(), last.getMessageID());
        assertEquals("Re: " + root.getSubject(), last.getSubject());
        String plain = text(last, "text/plain");
        assertTrue(plain.startsWith("Resolved: CPU on 12 nodes of edge"), plain);
        assertTrue(plain.contains("Over: 2026-11-21 18:12:00 UTC, after 12 minutes"), plain);
    }

    @Test
    void secondTryHasTheSameMessageId() throws Exception {
        deliver(Samples.of(NotificationEvent.OPENED, 1), null);
        deliver(Samples.of(NotificationEvent.OPENED, 1), null);
        Set<String> ids = new HashSet<>();
        for (MimeMessage mail : server.getReceivedMessages()) {
            ids.add(mail.getMessageID());
        }
        assertEquals(4, server.getReceivedMessages().length);
        assertEquals(Set.of("<msg_0b8e3c5e_1@mail.example>"), ids);
    }

    @Test
    void hostileTextIsOnlyText() throws Exception {
        Notification.Facts facts =
                Samples.facts(NotificationEvent.OPENED, Samples.HOSTILE, Samples.HOSTILE);
        deliver(Samples.of(NotificationEvent.OPENED, 1, facts), null);
        assertEquals(2, server.getReceivedMessages().length);
        MimeMessage mail = received(1);
        assertNull(mail.getHeader("Bcc"));
        assertFalse(mail.getSubject().contains("\n"));
        assertTrue(mail.getSubject().contains("<script>alert(1)</script>"), mail.getSubject());
        String html = text(mail, "text/html");
        assertFalse(html.contains("<script"), html);
        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; "), html);
        assertTrue(text(mail, "text/plain").contains("Sent by Vedette"));
    }

    @Test
    void longTextIsCut() throws Exception {
        Notification.Facts facts =
                Samples.facts(NotificationEvent.OPENED, "t😀".repeat(5_000), "w".repeat(50_000));
        deliver(Samples.of(NotificationEvent.OPENED, 1, facts), null);
        MimeMessage mail = received(1);
        assertEquals(200, mail.getSubject().length());
        assertTrue(mail.getSubject().endsWith("…"));
        assertTrue(GreenMailUtil.getWholeMessage(mail).length() < 64_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.org\r\nBcc: b@example.org",
                "a@example.org, b@example.org",
                "<a@example.org>",
                "a b@example.org",
                "\"a\"@example.org",
                "a@b@example.org",
                "a@example",
                "a@-x.example",
                "@example.org",
                "a@"
            })
    void addressThatIsNoneIsRefused(String address) {
        assertThrows(
                IllegalArgumentException.class, () -> new ChannelTarget.Email(List.of(address)));
    }

    @Test
    void serverThatIsDownIsTriedAgain() {
        int port = server.getSmtp().getPort();
        server.stop();
        Answer answer = sendTo(notifier(port, "127.0.0.1"));
        assertEquals(Answer.NONE, assertInstanceOf(Answer.Retry.class, answer).code());
    }

    private static Answer sendTo(EmailNotifier notifier) {
        return notifier.send(ONCALL, Samples.of(NotificationEvent.OPENED, 1), null);
    }

    @Test
    void serverThatRefusesForNowIsTriedAgain() {
        try (ScriptedSmtp smtp = new ScriptedSmtp("", "451 4.7.1 greylisted, come back")) {
            Answer answer = sendTo(notifier(smtp.port(), "127.0.0.1"));
            assertEquals(451, assertInstanceOf(Answer.Retry.class, answer).code(), answer.said());
            assertTrue(answer.said().contains("greylisted"), answer.said());
        }
    }

    @Test
    void serverThatRefusesForGoodIsNotTriedAgain() {
        try (ScriptedSmtp smtp = new ScriptedSmtp("", "550 5.1.1 no such user")) {
            Answer answer = sendTo(notifier(smtp.port(), "127.0.0.1"));
            assertEquals(550, assertInstanceOf(Answer.Refused.class, answer).code(), answer.said());
        }
    }

    @Test
    void addressThatIsNoMoreDoesNotKeepTheMailFromTheOthers() {
        try (ScriptedSmtp smtp = new ScriptedSmtp("lead@", "550 5.1.1 no such user")) {
            Answer answer = sendTo(notifier(smtp.port(), "127.0.0.1"));
            assertInstanceOf(Answer.Delivered.class, answer);
            assertTrue(answer.said().startsWith("not for oncall@example.org: "), answer.said());
            assertTrue(answer.said().contains("550"), answer.said());
        }
    }

    @Test
    void withoutAServerTheAnswerNamesTheSetting() {
        EmailNotifier none =
                new EmailNotifier(vertx, new Settings(Optional.empty(), 587), Samples.WORDS);
        Answer answer = none.send(ONCALL, Samples.of(NotificationEvent.TEST, 1), null);
        assertTrue(
                assertInstanceOf(Answer.Refused.class, answer)
                        .said()
                        .contains("vedette.mail.host"));
    }

    @Test
    void targetOfAnotherChannelIsAMistake() {
        ChannelTarget other = new ChannelTarget.CloudEvents("https://x.example", Optional.empty());
        assertEquals(ChannelKind.EMAIL, notifier.kind());
        assertThrows(
                IllegalArgumentException.class,
                () -> notifier.send(other, Samples.of(NotificationEvent.OPENED, 1), null));
    }
}
