package dev.vedette.detection;

import dev.vedette.series.PointBatch;
import java.time.Instant;

/**
 * One row of a shard's log.
 *
 * @param lane the writer's number line
 * @param seq its number there
 * @param committedAt when it was appended, by the database's clock
 * @param points what it holds
 */
public record LogRow(long lane, long seq, Instant committedAt, PointBatch points) {}
