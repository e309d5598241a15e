package dev.vedette.series;

/**
 * How series are spread over workers. All series of one node share a shard, so that the joint view
 * of a node, and its roll-up, never cross workers.
 */
public final class Shards {
    /** How many there are. Part of the stored data's meaning: changing it needs a migration. */
    public static final int COUNT = 16;

    private Shards() {}

    /**
     * The shard of that series' node, 0 to {@link #COUNT} − 1. The same on every machine and in
     * every version.
     */
    public static int of(SeriesKey key) {
        long hash = mix(0xcbf29ce484222325L, key.tenant().value());
        hash = mix(hash, key.clusterId());
        hash = mix(hash, key.nodeId());
        hash ^= hash >>> 32;
        return (int) Math.floorMod(hash, (long) COUNT);
    }

    // FNV-1a, 64 bit (Fowler, Noll, Vo), over UTF-16 units with a separator: String.hashCode has
    // too few bits to be spread by.
    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (mixed ^ 0xffff) * 0x100000001b3L;
    }
}
