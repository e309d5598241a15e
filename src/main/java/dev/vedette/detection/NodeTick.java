package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.NodeAnomaly;
import dev.vedette.detection.engine.NodeEvaluator;
import dev.vedette.detection.engine.NodeRow;
import dev.vedette.detection.engine.SeriesEvaluator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one tick does with one node: rows are joined and judged, silent metrics noticed. The scores
 * of the node and of its silent metrics go to the peaks handed in.
 */
final class NodeTick {
    /** Rows so far behind the log are history, however few steps that is. */
    private static final long PRESENT_MILLIS = 600_000;

    private final NodeAtWork node;
    private final long[] members;
    private final NodeEvaluator evaluator;
    private final RowJoiner joiner;
    private final Absences absences;
    private final NodeSilence silence;
    private final LevelKeeper keeper;
    private Optional<NodeLevels> levels = Optional.empty();
    private final long present;
    private final Map<List<Object>, NodeAnomaly> anomalies = new LinkedHashMap<>();
    private final Map<List<Object>, Absences.Absence> silent = new LinkedHashMap<>();
    private final FoundPeaks peaks;
    private boolean isOpen;
    private boolean openMoved;
    private int rows;

    NodeTick(
            NodeAtWork node,
            NodeEvaluator evaluator,
            RowJoiner joiner,
            Absences absences,
            NodeSilence silence,
            LevelKeeper keeper,
            long present,
            FoundPeaks peaks) {
        this.node = node;
        this.members = node.members();
        this.evaluator = evaluator;
        this.joiner = joiner;
        this.absences = absences;
        this.silence = silence;
        this.keeper = keeper;
        this.present = present;
        this.peaks = peaks;
        this.isOpen =
                evaluator
                        .anomaly()
                        .map(NodeAnomaly::result)
                        .filter(AnomalyResult::open)
                        .isPresent();
    }

    /** How many rows were judged. */
    int rows() {
        return rows;
    }

    /** Anomalies of the node as a whole: opened, extended or closed, latest state. */
    Collection<NodeAnomaly> anomalies() {
        return anomalies.values();
    }

    /** Where its metrics stood in the latest five minutes that ended. */
    Optional<NodeLevels> levels() {
        return levels;
    }

    /** Absences of its metrics: opened, gone on or closed, latest state. */
    Collection<Absences.Absence> absences() {
        return silent.values();
    }

    void judge(NodeSamples samples) {
        List<Absences.Absence> found = new ArrayList<>();
        long time = Long.MIN_VALUE;
        for (int at : samples.inOrder()) {
            if (samples.epochMillis(at) != time) {
                drain(found);
                time = samples.epochMillis(at);
            }
            int metric = samples.metric(at);
            double value = samples.value(at);
            absences.seen(metric, time, value, found);
            joiner.add(metric, time, value, samples.strangeness(at), samples.isAlarmed(at));
        }
        drain(found);
        if (openMoved) {
            noteAnomaly();
        }
        found.forEach(one -> silent.put(List.of(one.metric(), one.result().windowStart()), one));
    }

    private void drain(List<Absences.Absence> found) {
        for (NodeRow row = joiner.next(); row != null; row = joiner.next()) {
            judge(row);
            double reach = Math.max(PRESENT_MILLIS, Absences.SILENT_STEPS * joiner.stepMillis());
            boolean isPresent = Math.abs(present - row.epochMillis()) <= reach;
            absences.row(row, isPresent, found);
            silence.row(row.epochMillis(), isPresent).ifPresent(one -> note(node.silent(one)));
            levels = keeper.row(node.key(), members, row).or(() -> levels);
            noteScores(row.epochMillis());
            joiner.done(row);
        }
    }

    private void judge(NodeRow row) {
        rows++;
        SeriesEvaluator.Change change = evaluator.update(row);
        switch (change) {
            case NONE -> {}
            case OPENED -> {
                isOpen = true;
                openMoved = true;
            }
            case EXTENDED -> openMoved = true;
            case CLOSED -> {
                isOpen = false;
                noteAnomaly();
            }
        }
    }

    private void noteAnomaly() {
        openMoved = false;
        evaluator.anomaly().ifPresent(this::note);
    }

    private void note(NodeAnomaly one) {
        anomalies.put(List.of(one.result().kind(), one.result().windowStart()), one);
    }

    private void noteScores(long epochMillis) {
        long bucket = NodeBuckets.startOf(epochMillis);
        if (evaluator.isWarm()) {
            float strength = (float) evaluator.strength();
            peaks.add(node.key(), ScoreBucket.WHOLE_NODE, bucket, strength, isOpen);
        }
        for (int i = 0; i < members.length; i++) {
            double score = absences.score(i);
            if (score > 0) {
                peaks.add(node.key(), members[i], bucket, (float) score, true);
            }
        }
    }
}
