package dev.vedette.detection.backtest;

import dev.vedette.detection.Verdicts.Verdict;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Alarms of a past range by the rules as they are, and by a change, side by side.
 *
 * @param range in which they began
 * @param series those tried
 */
public record Backtest(TimeRange range, List<OfSeries> series) {
    /** Copies the list. */
    public Backtest {
        series = List.copyOf(series);
    }

    /**
     * An alarm.
     *
     * @param start its first moment
     * @param end its last
     * @param score its highest score, in [0,1]
     * @param isReal what people said of that time; empty when nothing
     * @param isShared whether the other side has one at that time, too
     */
    public record Alarm(
            Instant start, Instant end, double score, Optional<Boolean> isReal, boolean isShared) {}

    /**
     * What became of one series.
     *
     * @param now by the rules as they are
     * @param then by the change
     * @param real stretches that people called real
     */
    public record OfSeries(Series series, List<Alarm> now, List<Alarm> then, List<Verdict> real) {
        /** Whether there is nothing to tell of it. */
        boolean isSilent() {
            return now.isEmpty() && then.isEmpty() && real.isEmpty();
        }

        static OfSeries of(
                Series series,
                List<AnomalyResult> now,
                List<AnomalyResult> then,
                List<Verdict> verdicts) {
            List<Verdict> own =
                    verdicts.stream().filter(one -> one.series().equals(series.id())).toList();
            return new OfSeries(
                    series,
                    alarms(now, then, own),
                    alarms(then, now, own),
                    own.stream().filter(Verdict::isReal).toList());
        }

        private static List<Alarm> alarms(
                List<AnomalyResult> found, List<AnomalyResult> others, List<Verdict> verdicts) {
            return found.stream().map(one -> alarm(one, others, verdicts)).toList();
        }

        private static Alarm alarm(
                AnomalyResult one, List<AnomalyResult> others, List<Verdict> verdicts) {
            List<Boolean> said =
                    verdicts.stream()
                            .filter(word -> word.touches(one.windowStart(), one.windowEnd()))
                            .map(Verdict::isReal)
                            .toList();
            return new Alarm(
                    one.windowStart(),
                    one.windowEnd(),
                    one.anomalyScore(),
                    said.isEmpty() ? Optional.empty() : Optional.of(said.contains(true)),
                    others.stream()
                            .anyMatch(other ->
                                    !other.windowStart().isAfter(one.windowEnd())
                                            && !other.windowEnd().isBefore(one.windowStart())));
        }
    }

    /**
     * How good alarms are, as far as people said what was real.
     *
     * @param alarms how many there are
     * @param judged how many of them people spoke of
     * @param precision real ones as a share of those; empty when nobody spoke of any
     * @param recall stretches called real that an alarm touches, as a share of them; empty when
     *     there is none
     */
    public record Quality(
            int alarms, int judged, Optional<Double> precision, Optional<Double> recall) {}

    /** How good the alarms are by the rules as they are. */
    public Quality now() {
        return quality(true);
    }

    /** How good they are by the change. */
    public Quality then() {
        return quality(false);
    }

    private Quality quality(boolean isNow) {
        int alarms = 0;
        int judged = 0;
        int right = 0;
        int real = 0;
        int caught = 0;
        for (OfSeries one : series) {
            List<Alarm> side = isNow ? one.now : one.then;
            alarms += side.size();
            judged += (int) side.stream().filter(alarm -> alarm.isReal().isPresent()).count();
            right += (int) side.stream().filter(alarm -> alarm.isReal().orElse(false)).count();
            real += one.real.size();
            caught +=
                    (int)
                            one.real.stream()
                                    .filter(word ->
                                            side.stream()
                                                    .anyMatch(alarm ->
                                                            word.touches(
                                                                    alarm.start(), alarm.end())))
                                    .count();
        }
        return new Quality(alarms, judged, share(right, judged), share(caught, real));
    }

    private static Optional<Double> share(int part, int all) {
        return all == 0 ? Optional.empty() : Optional.of(part / (double) all);
    }
}
