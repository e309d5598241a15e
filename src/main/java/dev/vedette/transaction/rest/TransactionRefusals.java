package dev.vedette.transaction.rest;

import dev.vedette.http.FailureTranslator;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.transaction.intake.TooManyWaitingException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What is refused because too much waits. */
@ApplicationScoped
final class TransactionRefusals implements FailureTranslator {
    @Override
    public Optional<ProblemException> translate(Throwable failure) {
        return failure instanceof TooManyWaitingException busy
                ? Optional.of(
                        ProblemException.retryable(
                                ProblemKind.TOO_MANY_REQUESTS,
                                String.valueOf(busy.getMessage()),
                                TooManyWaitingException.RETRY))
                : Optional.empty();
    }
}
