package dev.vedette.transaction.scoring;

import dev.vedette.tenant.TenantId;

/**
 * Spreads tenants over shards: all transactions of a tenant are decided in one place, since a
 * merchant, a country and the population are known by the transactions of all accounts.
 */
public final class TransactionShards {
    /** How many there are; as many rows has {@code transaction_shard}. */
    public static final int COUNT = 16;

    private TransactionShards() {}

    /** The shard of a tenant, 0 to {@link #COUNT} - 1; the same for ever. */
    public static int of(TenantId tenant) {
        int hash = tenant.value().hashCode();
        // the finalizer of MurmurHash3: neighbouring names fall far apart
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        hash ^= hash >>> 16;
        return Math.floorMod(hash, COUNT);
    }
}
