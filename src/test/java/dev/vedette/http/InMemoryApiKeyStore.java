package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Keeps API keys in memory, until the process ends. */
class InMemoryApiKeyStore implements ApiKeyStore {
    private final Map<String, Stored> keys = new ConcurrentHashMap<>();

    @Override
    public Uni<Void> insert(Stored key) {
        keys.put(key.key().id(), key);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Optional<Stored>> find(String id) {
        return Uni.createFrom().item(Optional.ofNullable(keys.get(id)));
    }

    @Override
    public Uni<Optional<ApiKey>> find(TenantId tenant, String id) {
        return Uni.createFrom().item(own(tenant, id).map(Stored::key));
    }

    @Override
    public Uni<List<ApiKey>> list(TenantId tenant, Optional<String> after, int limit) {
        return Uni.createFrom()
                .item(
                        keys.values().stream()
                                .map(Stored::key)
                                .filter(key -> key.tenant().equals(tenant))
                                .filter(key ->
                                        after.map(a -> key.id().compareTo(a) > 0).orElse(true))
                                .sorted(Comparator.comparing(ApiKey::id))
                                .limit(limit)
                                .toList());
    }

    @Override
    public Uni<Boolean> revoke(TenantId tenant, String id, Instant at) {
        return change(tenant, id, key -> key.revokedAt().isPresent() ? key : key.revokedAt(at));
    }

    @Override
    public Uni<Boolean> expire(TenantId tenant, String id, Instant at) {
        return change(
                tenant,
                id,
                key -> key.expiresAt().map(at::isBefore).orElse(true) ? key.expiringAt(at) : key);
    }

    @Override
    public Uni<Void> touch(String id, Instant at) {
        keys.computeIfPresent(id, (same, old) -> new Stored(old.key().usedAt(at), old.hash()));
        return Uni.createFrom().voidItem();
    }

    private Optional<Stored> own(TenantId tenant, String id) {
        return Optional.ofNullable(keys.get(id))
                .filter(stored -> stored.key().tenant().equals(tenant));
    }

    private Uni<Boolean> change(TenantId tenant, String id, UnaryOperator<ApiKey> how) {
        boolean isThere = own(tenant, id).isPresent();
        if (isThere) {
            keys.computeIfPresent(id, (same, old) -> new Stored(how.apply(old.key()), old.hash()));
        }
        return Uni.createFrom().item(isThere);
    }
}
