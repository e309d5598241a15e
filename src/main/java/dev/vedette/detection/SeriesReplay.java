package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.engine.SeriesEvaluator;
import dev.vedette.detection.engine.Verdict;
import dev.vedette.detection.engine.WholeSeriesEngine;
import dev.vedette.detection.threshold.DetectionPlan;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges stored points of one series again, by the very code that judges them live. Points before
 * the range only warm the evaluator up; an anomaly that starts in the range is followed to its end
 * beyond it. An engine that judges with hindsight is handed the range as a whole instead. Pure; not
 * thread-safe.
 */
public final class SeriesReplay {
    private final DetectionPlan plan;
    private final long revision;
    private final Optional<WholeSeriesEngine> hindsight;
    private final List<PointReader.Points> gathered = new ArrayList<>();
    private SeriesAtWork work;
    private final String engine;
    private final int version;
    private final AnomalyExplainer explainer;
    private final long from;
    private final long to;
    private final Map<Instant, AnomalyResult> anomalies = new TreeMap<>();
    private final SeriesFindings said = new SeriesFindings();
    private final SortedMap<Long, Peak> peaks = new TreeMap<>();

    /**
     * Of a series that has seen nothing.
     *
     * @param prior what its siblings knew at its first point
     * @param plan how it is judged; the registry has its engine
     * @param revision of the settings that the plan is from
     * @param range starts and ends where score buckets do
     * @param hindsight the plan's engine where it is to judge the range as a whole, at its end
     */
    public SeriesReplay(
            Series series,
            Optional<SeriesPrior> prior,
            EngineRegistry engines,
            DetectionPlan plan,
            long revision,
            AnomalyExplainer explainer,
            TimeRange range,
            Optional<WholeSeriesEngine> hindsight) {
        this.hindsight = hindsight;
        this.plan = plan;
        this.revision = revision;
        this.engine = plan.engine();
        this.work =
                new SeriesAtWork(
                        series,
                        engine,
                        plan,
                        revision,
                        engines.open(
                                engine,
                                plan.settings(),
                                new Verdict(),
                                SeriesPrior.of(prior, engine)));
        this.version = engines.get(engine).version();
        this.explainer = explainer;
        this.from = range.from().toEpochMilli();
        this.to = range.to().toEpochMilli();
    }

    /**
     * The scores of the series: one for each bucket in which it was judged, ascending.
     *
     * @param buckets starts, milliseconds
     * @param scores highest score in the bucket, in [0,1]
     * @param anomalous whether an anomaly was open
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
    public record Scores(long[] buckets, float[] scores, boolean[] anomalous) {}

    /** Takes the next points, which come after all before. */
    public void judge(PointReader.Points points) {
        if (hindsight.isPresent()) {
            gathered.add(points);
        } else {
            judgeNow(points);
        }
    }

    /**
     * All points of the range were taken: who judges with hindsight does so now. What is open at
     * the end of what it knows ends there.
     */
    public void rangeEnds() {
        hindsight.ifPresent(engine -> {
            PointReader.Points all = joined(gathered);
            gathered.clear();
            SeriesEvaluator knowing =
                    engine.judging(plan.settings(), all.epochMillis(), all.values());
            work = new SeriesAtWork(work.series(), this.engine, plan, revision, knowing);
            judgeNow(all);
            anomalies.replaceAll((_, one) -> one.closed());
        });
    }

    private static PointReader.Points joined(List<PointReader.Points> parts) {
        return new PointReader.Points(
                parts.stream().flatMapToLong(one -> Arrays.stream(one.epochMillis())).toArray(),
                parts.stream().flatMapToDouble(one -> Arrays.stream(one.values())).toArray());
    }

    private void judgeNow(PointReader.Points points) {
        work.judge(TickPoints.of(work.series().id(), points), 0, null, said);
        for (AnomalyResult anomaly : said.anomalies()) {
            if (isIn(anomaly.windowStart().toEpochMilli())) {
                anomalies.put(anomaly.windowStart(), anomaly);
            }
        }
        for (int i = 0; i < said.buckets(); i++) {
            if (isIn(said.bucket(i))) {
                Peak peak = new Peak(said.peak(i), said.isAnomalous(i));
                peaks.merge(said.bucket(i), peak, Peak::with);
            }
        }
    }

    // A bucket may go on with the next points handed in.
    private record Peak(float score, boolean anomalous) {
        Peak with(Peak other) {
            return new Peak(Math.max(score, other.score), anomalous || other.anomalous);
        }
    }

    /** Whether an anomaly that started in the range goes on. */
    public boolean isOpen() {
        return anomalies.values().stream().anyMatch(AnomalyResult::open);
    }

    /** The anomalies that started in the range, oldest first. */
    public List<Anomaly> anomalies(Instant at) {
        AnomalyForm form = new AnomalyForm(explainer, at);
        return anomalies.values().stream()
                .map(result ->
                        form.ofSeries(
                                work.series(), engine, version, result, work.settings().zone()))
                .toList();
    }

    /** The scores in the range. */
    public Scores scores() {
        long[] buckets = new long[peaks.size()];
        float[] scores = new float[buckets.length];
        boolean[] anomalous = new boolean[buckets.length];
        int at = 0;
        for (Map.Entry<Long, Peak> peak : peaks.entrySet()) {
            buckets[at] = peak.getKey();
            scores[at] = peak.getValue().score();
            anomalous[at++] = peak.getValue().anomalous();
        }
        return new Scores(buckets, scores, anomalous);
    }

    private boolean isIn(long epochMillis) {
        return epochMillis >= from && epochMillis < to;
    }
}
