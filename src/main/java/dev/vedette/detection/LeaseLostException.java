package dev.vedette.detection;

/**
 * The shard has gone to another worker; nothing of the transaction was stored. The worker drops the
 * shard's state.
 */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the lease that no longer holds. */
    public LeaseLostException(Lease lease) {
        super(
                "lease on shard "
                        + lease.shard()
                        + " epoch "
                        + lease.epoch()
                        + " of "
                        + lease.owner()
                        + " is lost");
    }
}
