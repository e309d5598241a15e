package dev.vedette.http;

import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Where tenants are kept. */
public interface TenantStore {
    /**
     * Adds a tenant.
     *
     * @return false when there is one of that id, which then stays as it is
     */
    Uni<Boolean> insert(Tenant tenant);

    /** The tenant of that id. */
    Uni<Optional<Tenant>> find(TenantId id);

    /**
     * All tenants by id.
     *
     * @param after only ids after that one; empty from the start
     * @param limit most tenants
     */
    Uni<List<Tenant>> list(Optional<TenantId> after, int limit);

    /**
     * Replaces name, zone and limits of the tenant of that id.
     *
     * @return whether there is such a tenant
     */
    Uni<Boolean> update(Tenant tenant);
}
