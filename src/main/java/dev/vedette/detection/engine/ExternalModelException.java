package dev.vedette.detection.engine;

import java.util.Locale;

/** An external model gave no answer that can be used; another engine must judge. */
public final class ExternalModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why there is none. */
    public enum Reason {
        /** It took longer than allowed. */
        TIMEOUT,
        /** It cannot be reached, or failed. */
        UNAVAILABLE,
        /** It was not asked, having failed lately. */
        CIRCUIT_OPEN,
        /** As many requests as allowed are under way, here or there. */
        BUSY,
        /** It refused the request: other versions of the protocol, or a wrong token. */
        REFUSED,
        /** What it said is not of the protocol. */
        INVALID_ANSWER,
        /** The series is longer than may be sent. */
        TOO_MANY_POINTS;

        /** The name in metrics, in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Reason reason;

    /** With what happened; the message holds no point and no secret. */
    public ExternalModelException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
