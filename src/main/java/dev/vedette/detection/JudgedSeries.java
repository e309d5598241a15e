package dev.vedette.detection;

import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.detection.engine.SeriesEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Points of one series with what detection says of each: columns of one length.
 *
 * @param engine id of the engine that judged; another than the one asked for when that did not
 *     answer
 * @param epochMillis strictly increasing, milliseconds since 1970-01-01T00:00Z
 * @param values observed
 * @param expected what was expected; NaN while warming up, as the next two
 * @param lower lower end of the usual range
 * @param upper upper end of the usual range
 * @param anomalyScores in [0,1]
 * @param alarmScores in [0,1]
 * @param anomalies those found, oldest first; the last one may be open
 */
@SuppressWarnings("ArrayRecordComponent") // columns, compared nowhere
public record JudgedSeries(
        String engine,
        long[] epochMillis,
        double[] values,
        double[] expected,
        double[] lower,
        double[] upper,
        double[] anomalyScores,
        double[] alarmScores,
        List<AnomalyResult> anomalies) {
    /** No points at all. */
    static final JudgedSeries NONE =
            new JudgedSeries(
                    "",
                    new long[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    List.of());

    /** How many points. */
    public int size() {
        return values.length;
    }

    /**
     * How strange a point was, in [0,1]: the larger of its two scores, as it is rolled up.
     *
     * @param index of the point
     */
    public double strangest(int index) {
        return Math.max(anomalyScores[index], alarmScores[index]);
    }

    /**
     * Judges points as live detection does: the same evaluator, point by point.
     *
     * @param evaluator that has seen nothing
     * @param points strictly increasing in time
     * @param from points before it only warm the evaluator up and are not in the result,
     *     milliseconds since 1970-01-01T00:00Z
     */
    static JudgedSeries judge(SeriesEvaluator evaluator, PointReader.Points points, long from) {
        int start = Arrays.binarySearch(points.epochMillis(), from);
        start = start < 0 ? -start - 1 : start;
        List<AnomalyResult> anomalies = new ArrayList<>();
        Columns columns = new Columns(points.values().length - start);
        for (int i = 0; i < points.values().length; i++) {
            SeriesEvaluator.Change change =
                    evaluator.update(points.epochMillis()[i], points.values()[i]);
            if (change == SeriesEvaluator.Change.CLOSED) {
                evaluator
                        .anomaly()
                        .filter(anomaly -> anomaly.windowEnd().toEpochMilli() >= from)
                        .ifPresent(anomalies::add);
            }
            if (i >= start) {
                columns.put(i - start, evaluator);
            }
        }
        evaluator.anomaly().filter(AnomalyResult::open).ifPresent(anomalies::add);
        return columns.with(evaluator.engine(), points, start, anomalies);
    }

    private static final class Columns {
        private final double[] expected;
        private final double[] lower;
        private final double[] upper;
        private final double[] anomalyScores;
        private final double[] alarmScores;

        Columns(int size) {
            expected = new double[size];
            lower = new double[size];
            upper = new double[size];
            anomalyScores = new double[size];
            alarmScores = new double[size];
        }

        void put(int at, SeriesEvaluator evaluator) {
            expected[at] = evaluator.verdict().expected();
            lower[at] = evaluator.verdict().lower();
            upper[at] = evaluator.verdict().upper();
            anomalyScores[at] = evaluator.verdict().anomalyScore();
            alarmScores[at] = evaluator.verdict().alarmScore();
        }

        JudgedSeries with(
                String engine,
                PointReader.Points points,
                int start,
                List<AnomalyResult> anomalies) {
            int end = points.values().length;
            return new JudgedSeries(
                    engine,
                    Arrays.copyOfRange(points.epochMillis(), start, end),
                    Arrays.copyOfRange(points.values(), start, end),
                    expected,
                    lower,
                    upper,
                    anomalyScores,
                    alarmScores,
                    List.copyOf(anomalies));
        }
    }
}
