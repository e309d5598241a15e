package dev.vedette.http;

/** A token is genuine, but its claims do not say who may do what here. */
public final class RefusedClaimsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What is wrong with them. */
    public enum Reason {
        /** They name no tenant. */
        NO_TENANT("the token names no tenant"),
        /** They name a tenant that is none, or that the provider may not speak for. */
        OTHER_TENANT("the token names a tenant that is not known here"),
        /** They grant no role. */
        NO_ROLE("the token grants no role here"),
        /** They name nobody. */
        NO_NAME("the token names nobody");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private final Reason reason;

    /**
     * That reason.
     *
     * @param claims the claims that were looked at
     */
    public RefusedClaimsException(Reason reason, String claims) {
        // a refusal is an answer, not a fault: nobody reads its stack trace
        super(reason.words + ", looked in " + claims, null, false, false);
        this.reason = reason;
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
