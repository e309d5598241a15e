package dev.vedette.ingestion;

/**
 * The database cannot be reached or did not answer in time; nothing is known to be stored. Retrying
 * later helps.
 */
public final class StorageUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With what failed, and why. */
    public StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
