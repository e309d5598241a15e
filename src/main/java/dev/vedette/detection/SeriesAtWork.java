package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One series under evaluation: its evaluator, and whether that changed since the last checkpoint.
 */
final class SeriesAtWork {
    private final Series series;
    private final String engine;
    private DetectionPlan plan;
    private long revision;
    private long usedIn;
    private SeriesEvaluator evaluator;
    private boolean anomalyIsOpen;
    private boolean changed;
    private @Nullable NodeAtWork whole;

    /**
     * With its evaluator.
     *
     * @param engine id of the engine at work, which may still be another than the plan's
     * @param plan the evaluator has its settings
     * @param revision of the settings that the plan is from
     */
    SeriesAtWork(
            Series series,
            String engine,
            DetectionPlan plan,
            long revision,
            SeriesEvaluator evaluator) {
        this.series = series;
        this.engine = engine;
        this.plan = plan;
        this.revision = revision;
        this.evaluator = evaluator;
        this.anomalyIsOpen = evaluator.anomaly().filter(AnomalyResult::open).isPresent();
    }

    /** The series. */
    Series series() {
        return series;
    }

    /** What was set for it. */
    DetectionSettings settings() {
        return plan.settings();
    }

    /** Id of the engine at work. */
    String engine() {
        return engine;
    }

    /** Whether another engine was chosen for it. */
    boolean isToMove() {
        return !plan.engine().equals(engine);
    }

    /** Its open anomaly. */
    Optional<AnomalyResult> openAnomaly() {
        return evaluator.anomaly().filter(AnomalyResult::open);
    }

    /** Goes by those settings from the next point on; what it learnt stays. */
    void follow(SettingsSource.Revision settings, EngineRegistry engines) {
        if (revision == settings.number()) {
            return;
        }
        DetectionPlan next = settings.of(series);
        if (!next.settings().equals(plan.settings())) {
            evaluator =
                    engines.restore(
                            engine, next.settings(), evaluator.snapshot(), evaluator.verdict());
        }
        plan = next;
        revision = settings.number();
    }

    /** It has points in that tick. */
    void use(long tick) {
        usedIn = tick;
    }

    /** The last tick in which it had points. */
    long usedIn() {
        return usedIn;
    }

    /** Whether it has been judged since the last checkpoint. */
    boolean isChanged() {
        return changed;
    }

    /** The state for a checkpoint; unchanged from then on. */
    Checkpoint.Snapshot snapshot() {
        changed = false;
        return new Checkpoint.Snapshot(
                series.id().value(), engine, evaluator.snapshot(), evaluator.warmAtMillis());
    }

    /** The node it belongs to. */
    NodeKey node() {
        return whole == null ? NodeKey.of(series.key()) : whole.key();
    }

    /** Its node under evaluation; null until {@link #join}, and once that one is forgotten. */
    @Nullable NodeAtWork whole() {
        return whole == null || whole.isForgotten() ? null : whole;
    }

    /** That is its node from now on. */
    void join(NodeAtWork node) {
        whole = node;
    }

    /**
     * Judges its points of one tick.
     *
     * @param place of the series in the tick
     * @param node is offered what they say; null judges the series alone
     * @param found what they say, and nothing else
     */
    void judge(TickPoints points, int place, @Nullable NodeAtWork node, SeriesFindings found) {
        changed = true;
        found.begin(points.repeated(place));
        int metric = node == null ? -1 : node.place(series.id().value());
        boolean openMoved = false;
        for (int i = 0; i < points.size(place); i++) {
            long epochMillis = points.epochMillis(place, i);
            if (epochMillis <= evaluator.lastEpochMillis()) {
                found.addLate(epochMillis);
                continue;
            }
            double value = points.value(place, i);
            openMoved = update(epochMillis, value, openMoved, found);
            Verdict verdict = evaluator.verdict();
            if (node != null) {
                node.offer(metric, epochMillis, value, verdict.strangeness(), anomalyIsOpen);
            }
            found.addJudged(epochMillis, verdict, anomalyIsOpen);
        }
        if (openMoved) {
            noteAnomaly(found);
        }
    }

    /** Whether the open anomaly is another one than was noted last. */
    private boolean update(
            long epochMillis, double value, boolean openMoved, SeriesFindings found) {
        return switch (evaluator.update(epochMillis, value)) {
            case NONE -> openMoved;
            case OPENED -> {
                anomalyIsOpen = true;
                yield true;
            }
            case EXTENDED -> true;
            case CLOSED -> {
                anomalyIsOpen = false;
                noteAnomaly(found);
                yield false;
            }
        };
    }

    private void noteAnomaly(SeriesFindings found) {
        evaluator.anomaly().ifPresent(found::addAnomaly);
    }
}
