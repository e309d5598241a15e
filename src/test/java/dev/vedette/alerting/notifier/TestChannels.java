package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Notifier;
import io.vertx.ext.mail.StartTLSOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The notifiers of mail, webhook and Alertmanager, as the service has them, for this machine. */
public final class TestChannels implements AutoCloseable {
    private final TestSender sender;
    private final int mailPort;

    /** With a mail server on that port; a POST may take that long. */
    public TestChannels(int mailPort, Duration patience) {
        this.mailPort = mailPort;
        this.sender = new TestSender(patience);
    }

    private record Mail(Optional<String> host, int port) implements MailConfig {
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
            return "vedette@mail.example";
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }
    }

    /** The notifiers. */
    public List<Notifier> notifiers() {
        Mail mail = new Mail(Optional.of("127.0.0.1"), mailPort);
        return List.of(
                new EmailNotifier(sender.vertx(), mail, Samples.WORDS),
                new WebhookNotifier(sender.here(), InstantSource.system()),
                new AlertmanagerNotifier(sender.here(), Samples.WORDS));
    }

    @Override
    public void close() {
        sender.close();
    }
}
