package dev.vedette.detection;

import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import java.util.List;

/**
 * Several listeners as one.
 *
 * @param all told in this order
 */
record DetectionListeners(List<DetectionListener> all) implements DetectionListener {
    @Override
    public void ticked(Tick tick) {
        all.forEach(listener -> listener.ticked(tick));
    }

    @Override
    public void caughtUp(int shard) {
        all.forEach(listener -> listener.caughtUp(shard));
    }

    @Override
    public void failed(Series series, RuntimeException cause) {
        all.forEach(listener -> listener.failed(series, cause));
    }

    @Override
    public void failed(NodeKey node, RuntimeException cause) {
        all.forEach(listener -> listener.failed(node, cause));
    }

    @Override
    public void startedAnew(NodeKey node, String reason) {
        all.forEach(listener -> listener.startedAnew(node, reason));
    }

    @Override
    public void rebuilt(Series series, String reason) {
        all.forEach(listener -> listener.rebuilt(series, reason));
    }
}
