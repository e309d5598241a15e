package dev.vedette.evaluation;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeEvaluator;
import dev.vedette.detection.engine.NodeRow;
import dev.vedette.detection.engine.SeriesEvaluator;
import java.util.ArrayList;
import java.util.List;

/** One node whose rows come at even distances without timestamps. */
final class NodeRows {
    /** 2026-01-05, a Monday; only the time of the day and of the week matter. */
    private static final long START = 1_767_571_200_000L;

    private final EngineRegistry engines;
    private final String engine;
    private final long stepMillis;
    private final List<SeriesEvaluator> metrics = new ArrayList<>();
    private final NodeEvaluator node = new NodeEvaluator(DetectionSettings.DEFAULT.threshold());
    private final NodeRow row = new NodeRow();
    private long time = START;

    NodeRows(EngineRegistry engines, String engine, long stepMillis) {
        this.engines = engines;
        this.engine = engine;
        this.stepMillis = stepMillis;
    }

    /** The node's score after the row's first {@code count} values, in [0,1]. */
    double update(double[] values, int count) {
        row.clear(time);
        for (int i = 0; i < count; i++) {
            if (i == metrics.size()) {
                metrics.add(engines.open(engine, DetectionSettings.DEFAULT));
            }
            SeriesEvaluator metric = metrics.get(i);
            metric.update(time, values[i]);
            row.put(i, values[i], metric.verdict().strangeness(), false);
        }
        time += stepMillis;
        node.update(row);
        return node.score();
    }
}
