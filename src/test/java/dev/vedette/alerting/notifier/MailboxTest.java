package dev.vedette.alerting.notifier;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.vedette.alerting.Answer;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Against a mail server so near that it greets before anybody listens. */
class MailboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final MailThread THREAD = new MailThread("<1@mail.example>", "CPU");

    @Test
    void serverThatGreetsAtOnceIsHeardOnEveryConnection() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ScriptedSmtp smtp = new ScriptedSmtp("@", "")) {
            MailConfig options =
                    new MailConfig("127.0.0.1", smtp.port())
                            .setStarttls(StartTLSOptions.DISABLED)
                            .setKeepAlive(false);
            Mailbox mailbox = new Mailbox(vertx, options, PATIENCE);
            for (int i = 0; i < 300; i++) {
                // Each from a thread of its own, as the service sends.
                AtomicReference<Answer> answer = new AtomicReference<>();
                Thread.ofVirtual().start(() -> answer.set(deliver(mailbox))).join();
                assertInstanceOf(Answer.Delivered.class, answer.get(), "mail " + i);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static Answer deliver(Mailbox mailbox) {
        MailMessage mail =
                new MailMessage()
                        .setFrom("vedette@mail.example")
                        .setTo("oncall@example.org")
                        .setSubject("CPU")
                        .setText("CPU");
        return mailbox.deliver(mail, THREAD);
    }
}
