package dev.vedette.detection.engine;

/**
 * A snapshot cannot be restored: truncated, damaged, or of another engine or version. Retrying does
 * not help.
 */
public final class CorruptSnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what was found and what was expected. */
    public CorruptSnapshotException(String message) {
        super(message);
    }
}
