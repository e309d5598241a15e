package dev.vedette.evaluation;

import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeDetector;
import dev.vedette.detection.engine.SeriesEvaluator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node whose rows come at even distances without timestamps. */
final class NodeRows {
    /** 2026-01-05, a Monday; only the time of the day and of the week matter. */
    private static final long START = 1_767_571_200_000L;

    private final EngineRegistry engines;
    private final String engine;
    private final long stepMillis;
    private final List<SeriesEvaluator> metrics = new ArrayList<>();
    private long time = START;

    /** Absent before the first row tells how many metrics there are. */
    private @Nullable NodeDetector joint;

    NodeRows(EngineRegistry engines, String engine, long stepMillis) {
        this.engines = engines;
        this.engine = engine;
        this.stepMillis = stepMillis;
    }

    /** The node's score after the row's first {@code count} values, in [0,1]. */
    double update(double[] values, int count) {
        NodeDetector node = joint == null ? open(count) : joint;
        double strangeness = 0;
        for (int i = 0; i < metrics.size(); i++) {
            SeriesEvaluator metric = metrics.get(i);
            metric.update(time, values[i]);
            strangeness += metric.verdict().strangeness();
        }
        time += stepMillis;
        return node.update(values, strangeness / metrics.size());
    }

    private NodeDetector open(int count) {
        for (int i = 0; i < count; i++) {
            metrics.add(engines.open(engine, DetectionSettings.DEFAULT));
        }
        NodeDetector node = new NodeDetector(count);
        joint = node;
        return node;
    }
}
