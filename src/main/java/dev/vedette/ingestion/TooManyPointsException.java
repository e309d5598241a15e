package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.util.Optional;

/**
 * The tenant sends faster than it may, or has too much waiting to be stored. Nothing of the request
 * was stored; sending it again after {@link #retryAfter()} helps.
 */
public final class TooManyPointsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;
    private final transient Optional<PointQuota.Allowance> allowance;

    TooManyPointsException(TenantId tenant, int perSecond, int windowSeconds, Duration retryAfter) {
        this(
                "tenant " + tenant + " may send " + perSecond + " points a second",
                retryAfter,
                Optional.of(new PointQuota.Allowance(perSecond, windowSeconds, 0)));
    }

    TooManyPointsException(TenantId tenant, long bytes, Duration retryAfter) {
        this(
                "tenant " + tenant + " already has " + bytes + " bytes waiting to be stored",
                retryAfter,
                Optional.empty());
    }

    private TooManyPointsException(
            String message, Duration retryAfter, Optional<PointQuota.Allowance> allowance) {
        // a flood is refused thousands of times a second, and nobody reads the stack trace
        super(message, null, false, false);
        this.retryAfter = retryAfter;
        this.allowance = allowance;
    }

    /** How long to wait before sending again, above zero. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** The allowance that is used up; empty when it is not the points per second that are. */
    public Optional<PointQuota.Allowance> allowance() {
        return allowance;
    }
}
