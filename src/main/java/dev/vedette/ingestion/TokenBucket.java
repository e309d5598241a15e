package dev.vedette.ingestion;

import java.time.Duration;

/**
 * A token bucket that may go into debt: whoever finds it above zero may take any amount, and waits
 * until the debt is paid before the next. So a single large request is never impossible, and the
 * sustained rate holds all the same. Reads no clock. Thread-safe: one monitor guards both fields.
 */
final class TokenBucket {
    private double tokens;
    private long lastNanos;

    /**
     * A bucket.
     *
     * @param tokens what it holds
     * @param nowNanos a monotonic time
     */
    TokenBucket(double tokens, long nowNanos) {
        this.tokens = tokens;
        this.lastNanos = nowNanos;
    }

    /**
     * Takes tokens, or none.
     *
     * @param amount how many, zero or more
     * @param perSecond the rate at which they come back, above 0; may differ from call to call
     * @param capacity most tokens saved up, above 0; may differ from call to call
     * @param nowNanos the same clock as before, never running back
     * @return zero when taken; otherwise how long to wait before asking again
     */
    synchronized Duration take(int amount, double perSecond, double capacity, long nowNanos) {
        tokens = Math.min(capacity, tokens + (nowNanos - lastNanos) * 1e-9 * perSecond);
        lastNanos = nowNanos;
        if (tokens > 0) {
            tokens -= amount;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) ((1 - tokens) / perSecond * 1e9));
    }

    /** Tokens left, zero or more. */
    synchronized long remaining() {
        return (long) Math.max(0, tokens);
    }
}
