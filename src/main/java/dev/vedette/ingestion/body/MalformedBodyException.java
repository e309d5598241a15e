package dev.vedette.ingestion.body;

/** The body as a whole cannot be read; nothing of it was stored. Sending it again does not help. */
public final class MalformedBodyException extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of trouble. */
    public enum Kind {
        /** Ill-formed, or of another shape than the protocol says. */
        MALFORMED,
        /** More bytes or points than a request may have, perhaps only once decompressed. */
        TOO_LARGE,
        /** A content encoding the service does not know. */
        UNKNOWN_ENCODING
    }

    private final Kind kind;
    private final String pointer;

    /**
     * With what was wrong and where.
     *
     * @param pointer JSON pointer to the place, empty for the whole body
     */
    public MalformedBodyException(Kind kind, String pointer, String message) {
        super(message);
        this.kind = kind;
        this.pointer = pointer;
    }

    /** An ill-formed body. */
    public static MalformedBodyException malformed(String message) {
        return new MalformedBodyException(Kind.MALFORMED, "", message);
    }

    /** A body that asks for too much. */
    public static MalformedBodyException tooLarge(String message) {
        return new MalformedBodyException(Kind.TOO_LARGE, "", message);
    }

    /** What kind of trouble. */
    public Kind kind() {
        return kind;
    }

    /** JSON pointer to the place, empty for the whole body. */
    public String pointer() {
        return pointer;
    }
}
