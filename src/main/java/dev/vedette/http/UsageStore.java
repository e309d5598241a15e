package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;

/** What tenants use, counted when asked. */
public interface UsageStore {
    /** Of that tenant; fails with {@link dev.vedette.ingestion.StorageUnavailableException}. */
    Uni<TenantUsage> of(TenantId tenant);
}
