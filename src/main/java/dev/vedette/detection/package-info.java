/**
 * Live detection: shard leases, watermarks, replay, the life cycle of anomalies. Owns the read
 * ports of the log and of points. Pure engines live in {@code engine}. First class to read: {@link
 * dev.vedette.detection.ShardStore}.
 */
@NullMarked
package dev.vedette.detection;

import org.jspecify.annotations.NullMarked;
