package dev.vedette.transaction.source;

import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.ingestion.TooManyPointsException;
import dev.vedette.ingestion.body.MalformedBodyException;
import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.CurrentTrace;
import dev.vedette.tracing.Tracing;
import dev.vedette.transaction.intake.DeadLetters;
import dev.vedette.transaction.intake.Refused;
import dev.vedette.transaction.intake.TooManyWaitingException;
import dev.vedette.transaction.intake.TransactionDocument;
import dev.vedette.transaction.intake.TransactionIntake;
import io.opentelemetry.api.trace.Span;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Takes in what a feed tells. A feed cannot be asked to say it again, so a message is kept until it
 * is durable, however long that takes, or put aside with the reason. Thread-safe.
 */
@ApplicationScoped
class FeedMessages {
    private static final Logger LOG = Logger.getLogger(FeedMessages.class);
    private static final String SOURCE = "feed";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final TransactionIntake intake;
    private final DeadLetters letters;
    private final InstantSource clock;
    private final Tracing tracing;

    FeedMessages(
            TransactionIntake intake, DeadLetters letters, InstantSource clock, Tracing tracing) {
        this.intake = intake;
        this.letters = letters;
        this.clock = clock;
        this.tracing = tracing;
    }

    /**
     * Takes a message in: a transaction, or a document of them. Blocks until it is durable.
     *
     * @param feed its name
     * @return whether it could be read; one that could not is among the dead letters
     */
    boolean take(String feed, TenantId tenant, String message) {
        try {
            var items = TransactionDocument.readMessage(message.getBytes(StandardCharsets.UTF_8));
            if (items.tenant().filter(named -> !named.equals(tenant.value())).isPresent()) {
                return putAside(tenant, message, "tenant_mismatch", "it names another tenant");
            }
            Span span = tracing.message(SOURCE, feed, Optional.empty());
            try {
                untilDone(() ->
                        CurrentTrace.under(span, () -> intake.take(tenant, items.items(), SOURCE))
                                .await()
                                .atMost(PATIENCE));
            } finally {
                span.end();
            }
            return true;
        } catch (MalformedBodyException e) {
            return putAside(tenant, message, "body_malformed", String.valueOf(e.getMessage()));
        }
    }

    private boolean putAside(TenantId tenant, String message, String code, String detail) {
        String cut = message.substring(0, Math.min(DeadLetters.MOST_CHARACTERS, message.length()));
        DeadLetters.Letter letter =
                new DeadLetters.Letter(
                        UUID.randomUUID(),
                        clock.instant(),
                        SOURCE,
                        new Refused(
                                "",
                                code,
                                detail,
                                "Tell one transaction of the tenant, or {\"transactions\":[…]}."),
                        cut);
        untilDone(() -> letters.keep(tenant, List.of(letter)).await().atMost(PATIENCE));
        return false;
    }

    private static void untilDone(Runnable work) {
        boolean isSaid = false;
        while (true) {
            Duration wait = RETRY;
            try {
                work.run();
                return;
            } catch (TooManyPointsException e) {
                wait = e.retryAfter();
            } catch (TooManyWaitingException e) {
                wait = TooManyWaitingException.RETRY;
            } catch (StorageUnavailableException | io.smallrye.mutiny.TimeoutException e) {
                if (!isSaid) {
                    LOG.warnf("message not stored, trying again until it is: %s", e.getMessage());
                }
                isSaid = true;
            }
            pause(wait);
        }
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the service stops", e);
        }
    }
}
