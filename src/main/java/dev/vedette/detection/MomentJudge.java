package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.OpeningGate;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.threshold.DetectionPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Judges points up to a moment by the evaluator of live detection, and asks it what other values of
 * the last point would have opened an anomaly: from its state before that point, once for each
 * value tried. Pure; not thread-safe.
 */
final class MomentJudge {
    /** Doublings of the distance until a value is found that fires, and halvings after it. */
    private static final int TRIES = 40;

    private static final int STEPS = 50;

    private final EngineRegistry engines;
    private final DetectionPlan plan;
    private final SeriesEvaluator evaluator;
    private final boolean restores;

    /**
     * A judge.
     *
     * @param evaluator that has seen nothing
     * @param restores whether the engine can go on from a snapshot of that evaluator
     */
    MomentJudge(
            EngineRegistry engines,
            DetectionPlan plan,
            SeriesEvaluator evaluator,
            boolean restores) {
        this.engines = engines;
        this.plan = plan;
        this.evaluator = evaluator;
        this.restores = restores;
    }

    /** The last of those points, none of which is after the moment. */
    JudgedMoment judge(PointReader.Points points, Instant at) {
        int size = points.values().length;
        for (int i = 0; i < size - 1; i++) {
            evaluator.update(points.epochMillis()[i], points.values()[i]);
        }
        Optional<AnomalyResult> before = evaluator.anomaly().filter(AnomalyResult::open);
        byte[] snapshot = restores && before.isEmpty() ? evaluator.snapshot() : new byte[0];
        long time = size == 0 ? 0 : points.epochMillis()[size - 1];
        double value = size == 0 ? Double.NaN : points.values()[size - 1];
        if (size > 0) {
            evaluator.update(time, value);
        }
        Verdict verdict = evaluator.verdict();
        DetectionSettings settings = plan.settings();
        Optional<AnomalyResult> open = evaluator.anomaly().filter(AnomalyResult::open);
        boolean judged = verdict.state() == Verdict.State.JUDGED && Double.isFinite(value);
        boolean tries = judged && open.isEmpty() && snapshot.length > 0;
        return new JudgedMoment(
                at,
                plan,
                size == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(time)),
                value,
                step(points.epochMillis()),
                JudgedMoment.Numbers.of(verdict, settings),
                judged ? passed(settings, verdict, value) : Set.of(),
                warmAt(),
                open,
                tries
                        ? fires(snapshot, time, Math.max(value, verdict.upper()), 1)
                        : OptionalDouble.empty(),
                tries
                        ? fires(snapshot, time, Math.min(value, verdict.lower()), -1)
                        : OptionalDouble.empty());
    }

    private Optional<Instant> warmAt() {
        return evaluator.warmAtMillis().stream().mapToObj(Instant::ofEpochMilli).findFirst();
    }

    private static Set<OpeningGate> passed(
            DetectionSettings settings, Verdict verdict, double value) {
        Set<OpeningGate> passed = EnumSet.noneOf(OpeningGate.class);
        for (OpeningGate gate : OpeningGate.values()) {
            if (gate.passes(settings, verdict, value)) {
                passed.add(gate);
            }
        }
        return passed;
    }

    /** The median of the last steps. */
    private static Duration step(long[] times) {
        int from = Math.max(0, times.length - 1 - STEPS);
        long[] steps = new long[Math.max(0, times.length - 1 - from)];
        Arrays.setAll(steps, i -> times[from + i + 1] - times[from + i]);
        Arrays.sort(steps);
        return Duration.ofMillis(steps.length == 0 ? 0 : steps[steps.length / 2]);
    }

    private OptionalDouble fires(byte[] snapshot, long time, double start, int side) {
        double width = evaluator.verdict().upper() - evaluator.verdict().lower();
        double reach = Math.max(width / 8, Math.abs(start) * 1e-6 + Double.MIN_NORMAL);
        double quiet = start;
        double loud = start + side * reach;
        for (int i = 0; i < TRIES && !opens(snapshot, time, loud); i++) {
            quiet = loud;
            reach *= 2;
            loud = start + side * reach;
        }
        if (!Double.isFinite(loud) || !opens(snapshot, time, loud)) {
            return OptionalDouble.empty();
        }
        for (int i = 0; i < TRIES; i++) {
            double middle = (quiet + loud) / 2;
            if (opens(snapshot, time, middle)) {
                loud = middle;
            } else {
                quiet = middle;
            }
        }
        return OptionalDouble.of(loud);
    }

    private boolean opens(byte[] snapshot, long time, double value) {
        SeriesEvaluator other = engines.restore(plan.engine(), plan.settings(), snapshot);
        return other.update(time, value) == SeriesEvaluator.Change.OPENED;
    }
}
