package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Answer;
import dev.vedette.http.client.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives mails to the mail server, one at a time, and waits. Thread-safe: the client is only used on
 * one event loop. Used from anywhere else it does not hear a server that greets at once, and
 * nothing ever comes of that mail.
 */
final class Mailbox {
    private static final int ACCEPTED = 250;

    private final MailClient client;
    private final EventLoop loop;
    private final Duration patience;

    /**
     * A mailbox.
     *
     * @param options of the client, which refuses a mail when the server refuses one of its
     *     addresses
     * @param patience how long one mail may take
     */
    Mailbox(Vertx vertx, io.vertx.ext.mail.MailConfig options, Duration patience) {
        this.client = MailClient.create(vertx, options);
        this.loop = new EventLoop(vertx);
        this.patience = patience;
    }

    /**
     * How a client of the configured server must be. Quarkus' own one is configured without a limit
     * to silence: a server that says nothing would keep one of its few connections for ever.
     */
    static io.vertx.ext.mail.MailConfig options(MailConfig config) {
        io.vertx.ext.mail.MailConfig options =
                new io.vertx.ext.mail.MailConfig(config.host().orElse("localhost"), config.port());
        options.setIdleTimeout((int) config.timeout().toSeconds());
        options.setSsl(config.tls()).setStarttls(config.startTls());
        config.username().ifPresent(options::setUsername);
        config.password().ifPresent(options::setPassword);
        return options;
    }

    /** What the server said to that mail; it belongs to that thread. */
    Answer deliver(MailMessage mail, MailThread thread) {
        Future<MailResult> sent = loop.run(() -> client.sendMail(mail));
        try {
            sent.toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return accepted("accepted", thread);
        } catch (TimeoutException e) {
            return retry("the mail server did not answer within " + patience);
        } catch (ExecutionException e) {
            return e.getCause() instanceof SMTPException smtp
                    ? answer(smtp)
                    : retry("the mail server: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return retry("the service is stopping");
        }
    }

    /** The server has the mail, with those words about it. */
    static Answer accepted(String said, MailThread thread) {
        return new Answer.Delivered(ACCEPTED, said, Optional.of(thread.reference()));
    }

    private static Answer answer(SMTPException smtp) {
        String said = PlainText.line(String.valueOf(smtp.getMessage()), PlainText.SAID);
        return smtp.isPermanent()
                ? new Answer.Refused(smtp.getReplyCode(), said)
                : new Answer.Retry(smtp.getReplyCode(), said, Optional.empty());
    }

    private static Answer retry(String why) {
        return new Answer.Retry(Answer.NONE, PlainText.line(why, PlainText.SAID), Optional.empty());
    }
}
