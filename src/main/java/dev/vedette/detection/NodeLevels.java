package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import java.time.Instant;

/**
 * Where the metrics of one node stood in five minutes: what nodes are compared by.
 *
 * @param node which
 * @param bucket start of the five minutes, a multiple of {@link ScoreBucket#WIDTH} since
 *     1970-01-01T00:00Z
 * @param seriesIds its series
 * @param means aligned: mean value; NaN where none came
 * @param rates aligned: rise per second since the five minutes before, of what did not fall once;
 *     NaN for all else
 */
@SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
public record NodeLevels(
        NodeKey node, Instant bucket, long[] seriesIds, float[] means, float[] rates) {}
