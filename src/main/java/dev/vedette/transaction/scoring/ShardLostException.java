package dev.vedette.transaction.scoring;

/** Somebody else decides the shard now, or has decided since; nothing was stored. */
public final class ShardLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The lease that holds no more. */
    public ShardLostException(ShardLease lease) {
        super("lost " + lease);
    }
}
