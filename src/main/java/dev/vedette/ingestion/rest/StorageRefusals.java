package dev.vedette.ingestion.rest;

import dev.vedette.http.FailureTranslator;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.StorageUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** A database that does not answer is no fault of a request: 503, on every route. */
@ApplicationScoped
final class StorageRefusals implements FailureTranslator {
    private static final Logger LOG = Logger.getLogger(StorageRefusals.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    @Override
    public Optional<ProblemException> translate(Throwable failure) {
        if (!(failure instanceof StorageUnavailableException)) {
            return Optional.empty();
        }
        LOG.warnf("storage unavailable: %s", failure.getMessage());
        return Optional.of(
                ProblemException.retryable(
                        ProblemKind.UNAVAILABLE, "the database does not answer; retry", RETRY));
    }
}
