package dev.vedette.ingestion.rest;

import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.http.RateLimit;
import dev.vedette.ingestion.PointQuota;
import dev.vedette.ingestion.TooManyPointsException;
import java.time.Duration;

/** The points a tenant may send, as answers tell it. */
final class PointRateLimit {
    private PointRateLimit() {}

    /**
     * An allowance as a rate limit.
     *
     * @param reset when there is more
     */
    static RateLimit of(PointQuota.Allowance left, Duration reset) {
        return new RateLimit(
                "points",
                (long) left.perSecond() * left.windowSeconds(),
                Duration.ofSeconds(left.windowSeconds()),
                left.remaining(),
                reset);
    }

    /** The refusal, with Retry-After, and with the limit when it was the points per second. */
    static ProblemException refusal(TooManyPointsException e) {
        String detail = String.valueOf(e.getMessage());
        return e.allowance()
                .map(left ->
                        ProblemException.exhausted(
                                of(left, e.retryAfter()), detail, e.retryAfter()))
                .orElseGet(() ->
                        ProblemException.retryable(
                                ProblemKind.TOO_MANY_REQUESTS, detail, e.retryAfter()));
    }
}
