package dev.vedette.detection;

import dev.vedette.series.Shards;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What changed among the anomalies of all tenants, whichever process found it. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface AnomalyFeed {
    /** How long changes are kept, at least. */
    Duration KEPT = Duration.ofMinutes(55);

    /**
     * The line of what comparing nodes found: after one for every shard of series and one for every
     * shard of transactions, of which there are as many.
     */
    int LINE_OF_PEERS = 2 * Shards.COUNT;

    /** Lines of the feed, each with its own order. */
    int LINES = LINE_OF_PEERS + 1;

    /** The line of that shard of transactions. */
    static int lineOfPayments(int shard) {
        return Shards.COUNT + shard;
    }

    /**
     * What one tick, one commit of decisions, or one comparison changed.
     *
     * @param shard its line
     * @param tick its number; of decisions that of the last
     * @param anomalies opened, extended or closed, in the state they have now; those deleted
     *     meanwhile are left out
     */
    record Change(int shard, long tick, List<Anomaly> anomalies) {}

    /** The last tick of every line. */
    Uni<List<Long>> position();

    /**
     * Changes after that place, each line's in the order of its ticks; none is ever missed, and
     * none told twice.
     *
     * @param tenant only this one's anomalies; all when empty
     * @param ticks last tick seen, by line
     * @param limit most changes; when as many come back there may be more
     */
    Uni<List<Change>> after(Optional<TenantId> tenant, List<Long> ticks, int limit);
}
