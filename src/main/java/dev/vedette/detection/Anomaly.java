package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Series;
import java.time.Instant;
import java.util.UUID;

/**
 * A stored anomaly of a metric.
 *
 * @param id made from series, engine and window start, so that a replay writes the same row
 * @param series on which series
 * @param result what was found
 * @param explanation one or two sentences in plain words
 * @param engine id of the engine that found it
 * @param engineVersion its version
 * @param status where it stands
 * @param createdAt when it was first stored; kept on replay
 */
public record Anomaly(
        UUID id,
        Series series,
        AnomalyResult result,
        String explanation,
        String engine,
        int engineVersion,
        AnomalyStatus status,
        Instant createdAt) {}
