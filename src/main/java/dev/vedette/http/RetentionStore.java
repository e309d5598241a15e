package dev.vedette.http;

import dev.vedette.tenant.RetentionPolicy;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;

/** What tenants set about how long their data is kept. */
public interface RetentionStore {
    /** What the tenant set; {@link RetentionPolicy#DEFAULT} when nothing. */
    Uni<RetentionPolicy> find(TenantId tenant);

    /** Replaces what the tenant set. */
    Uni<RetentionPolicy> store(TenantId tenant, RetentionPolicy policy);
}
