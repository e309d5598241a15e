package dev.vedette.ingestion;

/** Another consumer has read on in that partition: what this one holds was stored, or will be. */
public final class PositionLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** In one of those partitions. */
    public PositionLostException(String partitions) {
        super("another consumer has read on in " + partitions);
    }
}
