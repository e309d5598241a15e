package dev.vedette.http.client;

/** A message may not go to that place; the message says why and never holds a secret of the URL. */
public final class RefusedTargetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Refused for that reason. */
    RefusedTargetException(String reason) {
        // A refusal is an answer, not a fault: nobody reads its stack trace.
        super(reason, null, false, false);
    }
}
