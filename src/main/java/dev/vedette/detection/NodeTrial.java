package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.NodeAnomaly;
import dev.vedette.detection.engine.NodeScratch;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Stored points of a node's metrics, on which thresholds of the node as a whole are tried. */
public final class NodeTrial {
    private final List<Series> metrics;
    private final Map<SeriesId, PointReader.Points> points;
    private final TimeRange range;
    private final EngineRegistry engines;

    /**
     * A trial.
     *
     * @param metrics at least one, all of one node
     * @param points those for warming up included
     * @param range in which anomalies are counted
     */
    NodeTrial(
            List<Series> metrics,
            Map<SeriesId, PointReader.Points> points,
            TimeRange range,
            EngineRegistry engines) {
        this.metrics = metrics;
        this.points = points;
        this.range = range;
        this.engines = engines;
    }

    /** Which node. */
    public NodeKey node() {
        return NodeKey.of(metrics.getFirst().key());
    }

    /** Whether there is anything to judge. */
    boolean hasPoints() {
        return !points.isEmpty();
    }

    /** The same by rules, with that one stored or not. */
    public int alarms(TenantThresholds rules, Optional<ThresholdRule> draft) {
        return alarms(
                one -> rules.resolve(one, draft).plan(), rules.resolve(node(), draft).threshold());
    }

    /**
     * How many anomalies of the node as a whole would have opened in the range. By the code path of
     * live detection: single metrics first, as their own anomalies hold back the node's. Computes.
     *
     * @param plans how its metrics are judged
     * @param threshold of the node as a whole
     */
    int alarms(Function<Series, DetectionPlan> plans, double threshold) {
        NodeAtWork whole = new NodeAtWork(node(), metrics.getFirst().shard(), new NodeScratch());
        whole.goBy(threshold);
        for (Series one : metrics) {
            DetectionPlan plan = plans.apply(one);
            PointReader.Points found = points.getOrDefault(one.id(), PointReader.Points.NONE);
            new SeriesAtWork(
                            one,
                            plan.engine(),
                            plan,
                            0,
                            engines.open(plan.engine(), plan.settings()))
                    .judge(TickPoints.of(one.id(), found), 0, whole, new SeriesFindings());
        }
        return (int)
                whole.judge(Long.MIN_VALUE, new FoundPeaks()).anomalies().stream()
                        .map(NodeAnomaly::result)
                        .filter(one -> one.kind() == AnomalyKind.JOINT)
                        .filter(one -> !one.windowStart().isBefore(range.from()))
                        .count();
    }
}
