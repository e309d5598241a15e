package dev.vedette.detection;

import dev.vedette.series.PointBatch;
import io.opentelemetry.api.trace.SpanContext;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * One row of a shard's log.
 *
 * @param lane the writer's number line
 * @param seq its number there
 * @param committedAt when it was appended, by the database's clock
 * @param points what it holds
 * @param kept the same points, made again of what takes less memory: for whoever needs them minutes
 *     later
 * @param traces the append's place in the traces of those of its requests that are recorded
 */
public record LogRow(
        long lane,
        long seq,
        Instant committedAt,
        PointBatch points,
        Supplier<PointBatch> kept,
        List<SpanContext> traces) {}
