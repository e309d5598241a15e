package dev.vedette.http;

import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Zones and limits of tenants for the hot paths: a bounded cache in front of the {@link
 * TenantStore}. What it tells is at most {@link #LIFE} old.
 */
@ApplicationScoped
public class TenantDirectory {
    /** How old an answer may be. */
    static final Duration LIFE = Duration.ofSeconds(30);

    private static final int MOST = 10_000;

    private record Entry(Tenant tenant, Instant readAt) {}

    private final TenantStore store;
    private final InstantSource clock;
    private final Map<TenantId, Entry> entries = new ConcurrentHashMap<>();

    TenantDirectory(TenantStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The tenant of that id, from the cache or the store. Fails as the store does. */
    public Uni<Optional<Tenant>> find(TenantId id) {
        Entry entry = entries.get(id);
        if (entry != null && isFresh(entry)) {
            return Uni.createFrom().item(Optional.of(entry.tenant));
        }
        return store.find(id).invoke(found -> found.ifPresent(this::remember));
    }

    /**
     * The tenant of that id if the cache holds it, fresh or not; never waits. Empty means "not
     * known here yet", so {@link #find} it.
     */
    public Optional<Tenant> cached(TenantId id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::tenant);
    }

    /** Takes a tenant that was just stored. */
    void remember(Tenant tenant) {
        if (entries.size() >= MOST) {
            entries.clear(); // rare, and cheaper than an order of use
        }
        entries.put(tenant.id(), new Entry(tenant, clock.instant()));
    }

    private boolean isFresh(Entry entry) {
        return entry.readAt.plus(LIFE).isAfter(clock.instant());
    }
}
