package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import java.time.Duration;

/**
 * The tenant sends faster than it may, or has too much waiting to be stored. Nothing of the request
 * was stored; sending it again after {@link #retryAfter()} helps.
 */
public final class TooManyPointsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    TooManyPointsException(TenantId tenant, int perSecond, Duration retryAfter) {
        super("tenant " + tenant + " may send " + perSecond + " points a second");
        this.retryAfter = retryAfter;
    }

    TooManyPointsException(TenantId tenant, long bytes, Duration retryAfter) {
        super("tenant " + tenant + " already has " + bytes + " bytes waiting to be stored");
        this.retryAfter = retryAfter;
    }

    /** How long to wait before sending again, above zero. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
