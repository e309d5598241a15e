package dev.vedette.transaction.scoring;

/**
 * The right to decide a shard's transactions.
 *
 * @param shard which
 * @param owner the process that holds it
 * @param epoch raised with every change of owner
 * @param seq number of the shard's last decision when the lease was taken, 0 before the first
 */
public record ShardLease(int shard, String owner, long epoch, long seq) {}
