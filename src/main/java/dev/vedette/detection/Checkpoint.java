package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import dev.vedette.series.PointBatch;
import java.util.List;
import java.util.OptionalLong;

/**
 * Detector states and points as of a tick. Once stored, the shard's log up to the tick's watermark
 * is not needed again.
 *
 * @param snapshots states of all series changed since the last checkpoint; each may be made when it
 *     is asked for, so ask once
 * @param nodes states of all nodes changed since then; made and asked for in the same way
 * @param points all points read since the last checkpoint; merged into the point blocks by (series,
 *     time), the last one wins
 */
public record Checkpoint(
        List<Snapshot> snapshots, List<NodeSnapshot> nodes, List<PointBatch> points) {
    /**
     * The state of one node as a whole.
     *
     * @param node which
     * @param watchMillis how long nothing may come before it is silent; empty when it is not
     *     followed
     * @param state opaque
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, compared nowhere
    public record NodeSnapshot(NodeKey node, OptionalLong watchMillis, byte[] state) {}

    /**
     * The state of one series.
     *
     * @param seriesId {@link dev.vedette.series.SeriesId#value()}
     * @param engine id of the engine whose state it is
     * @param warmAtMillis {@link dev.vedette.detection.engine.SeriesEvaluator#warmAtMillis}
     * @param state what {@link dev.vedette.detection.engine.SeriesEvaluator#snapshot()} gave
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, compared nowhere
    public record Snapshot(long seriesId, String engine, byte[] state, OptionalLong warmAtMillis) {
        /** The state of a series that is warm. */
        public Snapshot(long seriesId, String engine, byte[] state) {
            this(seriesId, engine, state, OptionalLong.empty());
        }
    }
}
