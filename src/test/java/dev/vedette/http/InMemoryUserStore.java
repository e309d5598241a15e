package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps users in memory, until the process ends. */
class InMemoryUserStore implements UserStore {
    private record Key(TenantId tenant, String name) {}

    private final Map<Key, Stored> users = new ConcurrentHashMap<>();

    @Override
    public Uni<Boolean> insert(Stored user) {
        return Uni.createFrom().item(users.putIfAbsent(key(user), user) == null);
    }

    @Override
    public Uni<List<Stored>> named(String name) {
        return Uni.createFrom()
                .item(
                        users.values().stream()
                                .filter(stored -> stored.user().name().equals(name))
                                .limit(10)
                                .toList());
    }

    @Override
    public Uni<Optional<Stored>> find(TenantId tenant, String name) {
        return Uni.createFrom().item(Optional.ofNullable(users.get(new Key(tenant, name))));
    }

    @Override
    public Uni<List<User>> list(TenantId tenant, Optional<String> after, int limit) {
        return Uni.createFrom()
                .item(
                        users.values().stream()
                                .map(Stored::user)
                                .filter(user -> user.tenant().equals(tenant))
                                .filter(user ->
                                        after.map(a -> user.name().compareTo(a) > 0).orElse(true))
                                .sorted(Comparator.comparing(User::name))
                                .limit(limit)
                                .toList());
    }

    @Override
    public Uni<Boolean> update(Stored user) {
        return Uni.createFrom()
                .item(users.computeIfPresent(key(user), (same, old) -> user) != null);
    }

    private static Key key(Stored user) {
        return new Key(user.user().tenant(), user.user().name());
    }
}
