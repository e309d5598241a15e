package dev.vedette.transaction.intake;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The schema each tenant's transactions are read by: a bounded cache in front of the store. A
 * change holds in the process that stored it at once, in others within {@link #LIFE}. Thread-safe.
 */
@ApplicationScoped
public class Schemas {
    /** How old an answer may be. */
    public static final Duration LIFE = Duration.ofSeconds(5);

    private static final int MOST = 10_000;

    private record Entry(TransactionSchema schema, Instant readAt) {}

    private final SchemaStore store;
    private final InstantSource clock;
    private final Map<TenantId, Entry> entries = new ConcurrentHashMap<>();

    Schemas(SchemaStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The schema that holds for the tenant. */
    public Uni<TransactionSchema> of(TenantId tenant) {
        Entry entry = entries.get(tenant);
        if (entry != null && entry.readAt.plus(LIFE).isAfter(clock.instant())) {
            return Uni.createFrom().item(entry.schema);
        }
        return store.current(tenant)
                .map(found -> found.map(SchemaStore.Stored::schema).orElse(TransactionSchema.OPEN))
                .invoke(schema -> remember(tenant, schema));
    }

    /** Takes a schema that was just stored. */
    public void remember(TenantId tenant, TransactionSchema schema) {
        if (entries.size() >= MOST) {
            entries.clear(); // rare, and cheaper than an order of use
        }
        entries.put(tenant, new Entry(schema, clock.instant()));
    }
}
