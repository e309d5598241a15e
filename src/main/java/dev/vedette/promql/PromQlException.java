package dev.vedette.promql;

/** A query that cannot be answered. The message reaches the caller. */
public final class PromQlException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why not, in the words of Prometheus' API. */
    public enum Reason {
        /** The query or a parameter cannot be read, or asks for what is not offered. */
        BAD_DATA,
        /** It can be read, but not be computed, or not within the limits. */
        EXECUTION
    }

    private final Reason reason;

    private PromQlException(Reason reason, String message) {
        // an answer to the caller, not a fault: nobody reads its stack trace
        super(message, null, false, false);
        this.reason = reason;
    }

    /** A {@link Reason#BAD_DATA}. */
    public static PromQlException badData(String message) {
        return new PromQlException(Reason.BAD_DATA, message);
    }

    /** An {@link Reason#EXECUTION}. */
    public static PromQlException execution(String message) {
        return new PromQlException(Reason.EXECUTION, message);
    }

    /** Why the query was not answered. */
    public Reason reason() {
        return reason;
    }
}
