package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;

/** Where the limits of a tenant are read on the way of every request. */
public interface TenantQuotas {
    /**
     * The limits of that tenant, {@link TenantLimits#DEFAULT} when it is not known. Mostly answers
     * from memory; a change may take some seconds to be seen. Fails with {@link
     * StorageUnavailableException} when it has to ask and cannot.
     */
    Uni<TenantLimits> limitsOf(TenantId tenant);
}
