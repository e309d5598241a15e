package dev.vedette.detection;

/**
 * The right to work on a shard.
 *
 * @param shard which
 * @param owner the worker process holding it
 * @param epoch fencing number: raised each time the shard changes hands, so that a worker that lost
 *     it unawares is refused
 */
public record Lease(int shard, String owner, long epoch) {}
