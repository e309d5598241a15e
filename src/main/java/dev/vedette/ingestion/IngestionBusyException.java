package dev.vedette.ingestion;

import java.time.Duration;

/**
 * More is waiting to be stored than the service keeps in memory. Nothing of the request was stored;
 * sending it again after {@link #retryAfter()} helps.
 */
public final class IngestionBusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    IngestionBusyException(long bytes, Duration retryAfter) {
        // as with a tenant's own limit: refused often, its stack trace read by nobody
        super(bytes + " bytes are already waiting to be stored", null, false, false);
        this.retryAfter = retryAfter;
    }

    /** How long to wait before sending again, above zero. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
