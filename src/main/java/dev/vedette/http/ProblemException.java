package dev.vedette.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Ends a request with a problem. The detail reaches the caller: it never holds a secret or another
 * tenant's data. Retrying helps only when {@link #retryAfter()} is present.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemKind kind;
    private final transient List<Problem.Violation> errors;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<RateLimit> rateLimit;

    private ProblemException(
            ProblemKind kind,
            String detail,
            List<Problem.Violation> errors,
            Optional<Duration> retryAfter,
            Optional<RateLimit> rateLimit) {
        // a refusal is an answer, not a fault: nobody reads its stack trace
        super(detail, null, false, false);
        this.kind = kind;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
        this.rateLimit = rateLimit;
    }

    /** A problem of that kind; the detail holds the offending value. */
    public static ProblemException of(ProblemKind kind, String detail) {
        return new ProblemException(kind, detail, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * An {@link ProblemKind#INVALID_REQUEST} whose detail is that of the first broken rule.
     *
     * @param errors every broken rule, at least one
     */
    public static ProblemException invalid(List<Problem.Violation> errors) {
        return new ProblemException(
                ProblemKind.INVALID_REQUEST,
                errors.getFirst().detail(),
                errors,
                Optional.empty(),
                Optional.empty());
    }

    /** An {@link ProblemKind#INVALID_REQUEST} with one broken rule. */
    public static ProblemException invalid(String pointer, String code, String detail, String fix) {
        return invalid(List.of(new Problem.Violation(pointer, code, detail, fix)));
    }

    /** A {@link ProblemKind#NOT_FOUND}: {@code "there is no <what> <id>"}. */
    public static ProblemException notFound(String what, String id) {
        return of(ProblemKind.NOT_FOUND, "there is no " + what + " '" + id + "'");
    }

    /**
     * A problem that goes away by itself.
     *
     * @param retryAfter when to try again, at least one second; answered as {@code Retry-After}
     */
    public static ProblemException retryable(ProblemKind kind, String detail, Duration retryAfter) {
        return new ProblemException(
                kind, detail, List.of(), Optional.of(retryAfter), Optional.empty());
    }

    /** A {@link ProblemKind#TOO_MANY_REQUESTS} because of that limit. */
    public static ProblemException exhausted(RateLimit limit, String detail, Duration retryAfter) {
        return new ProblemException(
                ProblemKind.TOO_MANY_REQUESTS,
                detail,
                List.of(),
                Optional.of(retryAfter),
                Optional.of(limit));
    }

    /** The same refusal as another kind. */
    ProblemException as(ProblemKind other) {
        return new ProblemException(
                other, String.valueOf(getMessage()), errors, retryAfter, rateLimit);
    }

    /** Which kind of refusal. */
    public ProblemKind kind() {
        return kind;
    }

    /** Every broken rule; empty when there is only the message. */
    public List<Problem.Violation> errors() {
        return errors;
    }

    /** When to try again. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The limit that was reached. */
    public Optional<RateLimit> rateLimit() {
        return rateLimit;
    }
}
