package dev.vedette.transaction.intake;

import java.time.Duration;

/** Too many transactions wait for their decision in this process; a retry helps. */
public final class TooManyWaitingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** When to come back. */
    public static final Duration RETRY = Duration.ofSeconds(1);

    /** With how many wait. */
    public TooManyWaitingException(int waiting) {
        super(waiting + " transactions already wait for their decision", null, false, false);
    }
}
