package dev.vedette.ingestion.rest;

import dev.vedette.http.FailureTranslator;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.ingestion.IngestionBusyException;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.ingestion.TooManyPointsException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What is refused on every route alike: a full service, a tenant at its limit, no database. */
@ApplicationScoped
final class StorageRefusals implements FailureTranslator {
    private static final Logger LOG = Logger.getLogger(StorageRefusals.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    @Override
    public Optional<ProblemException> translate(Throwable failure) {
        return switch (failure) {
            case TooManyPointsException e -> Optional.of(PointRateLimit.refusal(e));
            case IngestionBusyException e ->
                    Optional.of(
                            ProblemException.retryable(
                                    ProblemKind.UNAVAILABLE,
                                    String.valueOf(e.getMessage()),
                                    e.retryAfter()));
            case StorageUnavailableException e -> {
                LOG.warnf("storage unavailable: %s", e.getMessage());
                yield Optional.of(
                        ProblemException.retryable(
                                ProblemKind.UNAVAILABLE,
                                "the database does not answer; retry",
                                RETRY));
            }
            default -> Optional.empty();
        };
    }
}
