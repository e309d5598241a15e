package dev.vedette.transaction.model;

/** A model that somebody brought cannot be used. The same file never can. */
public final class UnfitModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final String fix;

    /**
     * Says what is wrong and what to do.
     *
     * @param code stable, in snake_case
     * @param detail with what was found
     * @param fix what to bring instead
     */
    public UnfitModelException(String code, String detail, String fix) {
        // a refusal is an answer, not a fault: nobody reads its stack trace
        super(detail, null, false, false);
        this.code = code;
        this.fix = fix;
    }

    /** Which fault, stable. */
    public String code() {
        return code;
    }

    /** What to bring instead. */
    public String fix() {
        return fix;
    }
}
