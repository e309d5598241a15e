package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The mapping of each tenant for each dialect: what it set, or the usual. A bounded cache in front
 * of the store; what it tells is at most {@link #LIFE} old. Thread-safe.
 */
public class LabelMappings {
    /** How old an answer may be. */
    static final Duration LIFE = Duration.ofSeconds(30);

    private static final int MOST = 10_000;

    private record Entry(Map<LabelDialect, SenderMapping> mappings, Instant readAt) {}

    private final LabelMappingStore store;
    private final InstantSource clock;
    private final Map<TenantId, Entry> entries = new ConcurrentHashMap<>();

    /** Over that store. */
    public LabelMappings(LabelMappingStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The mapping of that tenant; fails as the store does. */
    public Uni<SenderMapping> of(TenantId tenant, LabelDialect dialect) {
        Entry entry = entries.get(tenant);
        if (entry != null && entry.readAt.plus(LIFE).isAfter(clock.instant())) {
            return Uni.createFrom().item(mapping(entry, dialect));
        }
        return store.find(tenant).map(set -> mapping(remember(tenant, set), dialect));
    }

    /** Reads that tenant's mappings afresh at the next question, after a change. */
    public void forget(TenantId tenant) {
        entries.computeIfPresent(tenant, (id, entry) -> new Entry(entry.mappings, Instant.EPOCH));
    }

    private Entry remember(TenantId tenant, Map<LabelDialect, LabelMapping> set) {
        if (entries.size() >= MOST) {
            entries.clear(); // rare, and cheaper than an order of use
        }
        Entry before = entries.get(tenant);
        Map<LabelDialect, SenderMapping> mappings = new EnumMap<>(LabelDialect.class);
        for (LabelDialect dialect : LabelDialect.values()) {
            LabelMapping now = set.getOrDefault(dialect, dialect.usual());
            SenderMapping old = before == null ? null : before.mappings.get(dialect);
            boolean same = old != null && old.mapping().equals(now);
            mappings.put(dialect, same ? old : new SenderMapping(tenant, now));
        }
        Entry entry = new Entry(mappings, clock.instant());
        entries.put(tenant, entry);
        return entry;
    }

    private static SenderMapping mapping(Entry entry, LabelDialect dialect) {
        SenderMapping mapping = entry.mappings.get(dialect);
        if (mapping == null) {
            throw new IllegalStateException("every dialect has a mapping, not " + dialect);
        }
        return mapping;
    }
}
