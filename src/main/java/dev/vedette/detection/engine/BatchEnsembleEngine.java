package dev.vedette.detection.engine;

import java.time.Instant;
import java.util.List;

/**
 * Long stretches scored with hindsight: default, seasonal and isolation-forest engine see the whole
 * stretch once and judge it in a second pass, and the means of their scores count. What was usual
 * only later is known from the start, there is no warm-up, and views that err differently average
 * out.
 *
 * <p>Source: the mean of detectors' outputs, C. Aggarwal and S. Sathe, "Theoretical Foundations and
 * Algorithms for Outlier Ensembles", SIGKDD Explorations 2015, section 4. We differ in taking the
 * scores as they are, which three engines of one law of scores allow.
 *
 * <p>For questions about the past only: live, where nothing is known of the future, the default
 * engine judges in its place. Daylight saving inside the stretch is not followed.
 *
 * <p>Cost: six passes, about 90 KB while it runs.
 */
final class BatchEnsembleEngine implements WholeSeriesEngine {
    /** Its name. */
    static final String ID = "batch";

    private static final int VERSION = 2;
    private static final long WEEK_MILLIS = 7L * 86_400_000;

    private final DetectionEngine live = new EnsembleEngine();
    private final List<DetectionEngine> engines =
            List.of(live, new SeasonalEngine(), new IsolationForestEngine());

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public List<String> channels() {
        return live.channels();
    }

    @Override
    public SeriesDetector open(DetectionSettings settings) {
        return live.open(settings);
    }

    @Override
    public SeriesDetector restore(DetectionSettings settings, byte[] snapshot) {
        return live.restore(settings, snapshot);
    }

    @Override
    public SeriesEvaluator judging(
            DetectionSettings settings, long[] epochMillis, double[] values) {
        if (values.length == 0) {
            return new StreamingEvaluator(this, settings, open(settings));
        }
        DetectionSettings fixed = atFixedOffset(settings, epochMillis[0]);
        List<SeriesDetector> taught = engines.stream().map(one -> one.open(fixed)).toList();
        Verdict ignored = new Verdict();
        for (SeriesDetector detector : taught) {
            for (int i = 0; i < values.length; i++) {
                detector.update(epochMillis[i], values[i], ignored);
            }
        }
        long length = epochMillis[epochMillis.length - 1] - epochMillis[0];
        long shift = (length / WEEK_MILLIS + 1) * WEEK_MILLIS;
        return new StreamingEvaluator(this, settings, new SecondPass(taught, shift));
    }

    /** Whole weeks later it must be the same time of day and week. */
    private static DetectionSettings atFixedOffset(DetectionSettings settings, long epochMillis) {
        return new DetectionSettings(
                settings.threshold(),
                settings.direction(),
                settings.minAbsoluteDeviation(),
                settings.minRelativeDeviation(),
                settings.zone().getRules().getOffset(Instant.ofEpochMilli(epochMillis)));
    }

    /** Detectors that know the stretch, judging it again as if it came whole weeks later. */
    private static final class SecondPass implements SeriesDetector {
        private final List<SeriesDetector> detectors;
        private final long shiftMillis;
        private final Verdict other = new Verdict();

        SecondPass(List<SeriesDetector> detectors, long shiftMillis) {
            this.detectors = detectors;
            this.shiftMillis = shiftMillis;
        }

        @Override
        public void update(long epochMillis, double value, Verdict verdict) {
            long later = epochMillis + shiftMillis;
            // The first is the default engine: band, label and evidence are its.
            detectors.getFirst().update(later, value, verdict);
            if (verdict.state != Verdict.State.JUDGED) {
                return;
            }
            int judged = 1;
            for (int i = 1; i < detectors.size(); i++) {
                detectors.get(i).update(later, value, other);
                if (other.state == Verdict.State.JUDGED) {
                    verdict.anomalyScore += other.anomalyScore;
                    verdict.alarmScore += other.alarmScore;
                    judged++;
                }
            }
            verdict.anomalyScore /= judged;
            verdict.alarmScore /= judged;
        }

        @Override
        public byte[] snapshot() {
            throw new UnsupportedOperationException("a series judged as a whole leaves no state");
        }
    }
}
