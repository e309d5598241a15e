/**
 * From a transaction taken in to its one decision: who decides which shard of accounts, in which
 * order, exactly once in effect; and the questions asked of decided transactions. Blocking, on
 * virtual threads. Imports {@code transaction.*}, {@code tenant} and {@code scheduling}. First
 * class to read: {@link dev.vedette.transaction.scoring.ShardDesk}.
 */
@NullMarked
package dev.vedette.transaction.scoring;

import org.jspecify.annotations.NullMarked;
