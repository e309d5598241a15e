package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.NodeKey;
import dev.vedette.series.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        return NodeKey.of(series.key());
    }

    /** Judges the points of one tick, and offers what they say to its node. */
    Outcome judge(TickPoints.Sorted points, NodeAtWork whole) {
        return judge(points, new Judging(whole, whole.place(series.id().value())));
    }

    /** Judges the points of the series alone. */
    Outcome judge(TickPoints.Sorted points) {
        return judge(points, new Judging(null, 0));
    }

    private Outcome judge(TickPoints.Sorted points, Judging judging) {
        changed = true;
        for (int i = 0; i < points.size(); i++) {
            judging.judge(points.epochMillis()[i], points.values()[i]);
        }
        return judging.outcome(points.repeated());
    }

    /**
     * What a tick found on the series.
     *
     * @param judged how many points were handed to the evaluator
     * @param late how many were not after the last one judged, or repeated in the tick: stored, not
     *     judged
     * @param lateStretch the late ones, but not those repeated
     * @param anomalies opened, extended or closed, latest state, oldest first
     * @param findings its peak in each score bucket it was judged in
     */
    record Outcome(
            int judged,
            int late,
            Optional<LateStretch> lateStretch,
            Collection<AnomalyResult> anomalies,
            List<NodeBuckets.Finding> findings) {}

    private final class Judging {
        private final Map<Instant, AnomalyResult> anomalies = new LinkedHashMap<>();
        private final List<NodeBuckets.Finding> findings = new ArrayList<>();
        private final @Nullable NodeAtWork whole;
        private final int place;
        private boolean openMoved;
        private int judged;
        private int late;
        private long lateFirst = Long.MAX_VALUE;
        private long lateLast = Long.MIN_VALUE;
        private long bucket = Long.MIN_VALUE;
        private boolean bucketJudged;
        private float bucketPeak;
        private boolean bucketAnomalous;

        Judging(@Nullable NodeAtWork whole, int place) {
            this.whole = whole;
            this.place = place;
        }

        void judge(long epochMillis, double value) {
            if (epochMillis <= evaluator.lastEpochMillis()) {
                late++;
                lateFirst = Math.min(lateFirst, epochMillis);
                lateLast = Math.max(lateLast, epochMillis);
                return;
            }
            SeriesEvaluator.Change change = evaluator.update(epochMillis, value);
            judged++;
            switch (change) {
                case NONE -> {}
                case OPENED -> {
                    anomalyIsOpen = true;
                    openMoved = true;
                }
                case EXTENDED -> openMoved = true;
                case CLOSED -> {
                    anomalyIsOpen = false;
                    noteAnomaly();
                }
            }
            if (whole != null) {
                double strangeness = evaluator.verdict().strangeness();
                whole.offer(place, epochMillis, value, strangeness, anomalyIsOpen);
            }
            noteScore(epochMillis);
        }

        private void noteAnomaly() {
            openMoved = false;
            evaluator.anomaly().ifPresent(anomaly -> anomalies.put(anomaly.windowStart(), anomaly));
        }

        private void noteScore(long epochMillis) {
            long start = NodeBuckets.startOf(epochMillis);
            if (start != bucket) {
                endBucket();
                bucket = start;
            }
            Verdict verdict = evaluator.verdict();
            if (verdict.state() == Verdict.State.JUDGED) {
                bucketJudged = true;
                // While an anomaly is open its score is the stronger of the two, as in its record.
                double score =
                        anomalyIsOpen
                                ? Math.max(verdict.anomalyScore(), verdict.alarmScore())
                                : verdict.anomalyScore();
                bucketPeak = Math.max(bucketPeak, (float) score);
                bucketAnomalous |= anomalyIsOpen;
            }
        }

        private void endBucket() {
            if (bucketJudged) {
                findings.add(
                        NodeBuckets.Finding.of(
                                node(),
                                series.id().value(),
                                bucket,
                                new NodeBuckets.Peak(bucketPeak, bucketAnomalous)));
            }
            bucketJudged = false;
            bucketPeak = 0;
            bucketAnomalous = false;
        }

        Outcome outcome(int repeated) {
            if (openMoved) {
                noteAnomaly();
            }
            endBucket();
            return new Outcome(
                    judged, late + repeated, lateStretch(), anomalies.values(), findings);
        }

        private Optional<LateStretch> lateStretch() {
            return late == 0
                    ? Optional.empty()
                    : Optional.of(new LateStretch(series.id(), lateFirst, lateLast, late));
        }
    }
}
