package dev.vedette.http;

import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Keeps tenants in memory, until the process ends. */
class InMemoryTenantStore implements TenantStore {
    private final ConcurrentNavigableMap<TenantId, Tenant> tenants = new ConcurrentSkipListMap<>();

    @Override
    public Uni<Boolean> insert(Tenant tenant) {
        return Uni.createFrom().item(tenants.putIfAbsent(tenant.id(), tenant) == null);
    }

    @Override
    public Uni<Optional<Tenant>> find(TenantId id) {
        return Uni.createFrom().item(Optional.ofNullable(tenants.get(id)));
    }

    @Override
    public Uni<List<Tenant>> list(Optional<TenantId> after, int limit) {
        var rest = after.map(id -> tenants.tailMap(id, false)).orElse(tenants);
        return Uni.createFrom().item(rest.values().stream().limit(limit).toList());
    }

    @Override
    public Uni<Boolean> update(Tenant tenant) {
        return Uni.createFrom()
                .item(tenants.computeIfPresent(tenant.id(), (same, old) -> tenant) != null);
    }
}
