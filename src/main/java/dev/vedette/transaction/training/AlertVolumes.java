package dev.vedette.transaction.training;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How much models give people to look at, as stored decisions tell. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface AlertVolumes {
    /**
     * What the promoted version and the shadows made of the tenant's newest decisions, each since
     * its state last changed, by version; a version that scored none of them is absent.
     *
     * @param newest how many decisions are looked at
     * @param review score from which somebody has to look
     */
    Uni<Map<Integer, AlertVolume>> of(TenantId tenant, int newest, double review);

    /**
     * Tenants with a promoted model that nobody asked for in that time, at most so many; each is
     * given to one asker. Blocking, for jobs.
     */
    List<TenantId> unwatched(Duration since, int most);
}
