package dev.vedette.ingestion.rest;

/** The body as a whole cannot be read; nothing of it was stored. Sending it again does not help. */
final class MalformedBodyException extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of trouble. */
    enum Kind {
        /** Ill-formed JSON, or JSON of another shape. */
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
    MalformedBodyException(Kind kind, String pointer, String message) {
        super(message);
        this.kind = kind;
        this.pointer = pointer;
    }

    Kind kind() {
        return kind;
    }

    String pointer() {
        return pointer;
    }
}
