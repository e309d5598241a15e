package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.feature.Slices;
import java.util.List;

/**
 * What was known of a tenant after one decision, while it is being written: slice by slice on the
 * desk's thread, which goes on to decide in between, then into pieces on another.
 */
final class TenantSnapshot {
    private final TenantId tenant;
    private final long seq;
    private final List<Slices> parts;

    /**
     * Nothing is written yet.
     *
     * @param tenant whose
     * @param seq number of the decision
     * @param parts in the order in which they are read again
     */
    TenantSnapshot(TenantId tenant, long seq, List<Slices> parts) {
        this.tenant = tenant;
        this.seq = seq;
        this.parts = parts;
    }

    /** Whose it is. */
    TenantId tenant() {
        return tenant;
    }

    /** Writes the next slice; false when all was written before. */
    boolean write() {
        for (Slices part : parts) {
            if (part.write()) {
                return true;
            }
        }
        return false;
    }

    /** All of it: once, after {@link #write} said false, by any thread. */
    DecisionStore.Snapshot finish() {
        SnapshotPieces pieces = new SnapshotPieces();
        parts.forEach(part -> part.drain(pieces::block));
        return new DecisionStore.Snapshot(tenant, seq, pieces.all());
    }
}
