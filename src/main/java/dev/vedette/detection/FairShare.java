package dev.vedette.detection;

import java.util.HashSet;
import java.util.Set;

/**
 * Which shards this process works on: at most its fair share of them, all shards over all living
 * workers, rounded up. So a worker that joins finds room, and one that dies leaves room for the
 * others. Thread-safe: one monitor guards all.
 */
public final class FairShare {
    /** What to do with a shard now. */
    public enum Decision {
        /** It is this process's, or may be. */
        WORK,
        /** It was this process's and is one too many. */
        GIVE_BACK,
        /** It is others'. */
        LEAVE
    }

    private final int shards;
    private final Set<Integer> mine = new HashSet<>();
    private int most;

    /**
     * Of so many shards. Before {@link #count} was called the share is nothing.
     *
     * @param shards above 0
     */
    public FairShare(int shards) {
        this.shards = shards;
    }

    /**
     * Notes how many workers live.
     *
     * @param workers this one included; at least 1
     */
    public synchronized void count(int workers) {
        most = Math.ceilDiv(shards, workers);
    }

    /**
     * Decides on a shard. After {@link Decision#WORK} the shard counts as this process's until it
     * is {@link #lost}.
     */
    public synchronized Decision decide(int shard) {
        if (mine.contains(shard)) {
            return mine.size() <= most ? Decision.WORK : giveBack(shard);
        }
        return mine.size() < most && mine.add(shard) ? Decision.WORK : Decision.LEAVE;
    }

    private Decision giveBack(int shard) {
        mine.remove(shard);
        return Decision.GIVE_BACK;
    }

    /** The shard is another's after all. */
    public synchronized void lost(int shard) {
        mine.remove(shard);
    }

    /** How many shards are this process's. */
    public synchronized int held() {
        return mine.size();
    }
}
