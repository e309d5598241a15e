package dev.vedette.detection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Tells which shards have rows that nobody has read: asked for all shards of a process at once, as
 * a transaction for each of them twice a second is what an idle service would spend its time on.
 * Thread-safe: one monitor guards all, so that of shards that look at the same time one asks.
 */
final class LogNews {
    private final ShardStore store;
    private final Duration holds;
    private final InstantSource clock;
    private Map<Integer, Watermark> newest = Map.of();
    private Instant staleAt = Instant.MIN;

    /**
     * Of that store's log.
     *
     * @param holds how long an answer may be used: so much later is a row noticed at worst
     */
    LogNews(ShardStore store, Duration holds, InstantSource clock) {
        this.store = store;
        this.holds = holds;
        this.clock = clock;
    }

    /**
     * Whether the shard has a row beyond that place.
     *
     * @throws dev.vedette.ingestion.StorageUnavailableException when the database cannot be reached
     */
    synchronized boolean has(int shard, Watermark read) {
        if (!clock.instant().isBefore(staleAt)) {
            newest = store.newest();
            staleAt = clock.instant().plus(holds);
        }
        return newest.getOrDefault(shard, Watermark.START).lanes().entrySet().stream()
                .anyMatch(lane -> lane.getValue() > read.seq(lane.getKey()));
    }
}
