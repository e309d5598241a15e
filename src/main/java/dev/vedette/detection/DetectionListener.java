package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import java.time.Duration;
import java.util.List;

/** Told what workers do: metrics and the live stream listen. Called on worker threads; quick. */
public interface DetectionListener {
    /**
     * What one committed tick did.
     *
     * @param shard whose
     * @param judged points judged
     * @param late points stored but not judged, being not after the last one of their series
     * @param orphaned points whose series is no longer in the catalogue
     * @param anomalies opened, extended or closed
     * @param took from reading the log to the commit
     * @param lag from the append of the oldest point to its commit here
     * @param checkpointed whether detector states were stored, too
     */
    record Tick(
            int shard,
            int judged,
            int late,
            int orphaned,
            List<Anomaly> anomalies,
            Duration took,
            Duration lag,
            boolean checkpointed) {}

    /** A tick was committed. */
    void ticked(Tick tick);

    /** The worker has read all there is of that shard, or no longer works on it. */
    void caughtUp(int shard);

    /** The evaluation of one series failed; the others went on. */
    void failed(Series series, RuntimeException cause);

    /** The evaluation of one node as a whole failed; the others went on. */
    default void failed(NodeKey node, RuntimeException cause) {}

    /** The stored state of a node as a whole could not be used: it learns from the start. */
    default void startedAnew(NodeKey node, String reason) {}

    /** The stored state of a series could not be used and was rebuilt from its stored points. */
    void rebuilt(Series series, String reason);
}
