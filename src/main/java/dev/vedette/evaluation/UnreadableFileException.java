package dev.vedette.evaluation;

/** The file is not a CSV of metrics; trying again does not help. */
public final class UnreadableFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the file, the line and what is wrong. */
    public UnreadableFileException(String message) {
        super(message);
    }
}
