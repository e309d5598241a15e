package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.List;

/**
 * Distance from a robust seasonal forecast, {@link HoltWinters}: from level and season for the
 * state, from the forecast of the next point for the alarm.
 *
 * <p>Cost: O(1) per point, {@value Detector#STATE_BYTES} bytes of state.
 */
final class SeasonalEngine implements DetectionEngine {
    /** Its name. */
    static final String ID = "seasonal";

    private static final int VERSION = 2;

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
        return List.of("season", "point");
    }

    @Override
    public SeriesDetector open(DetectionSettings settings) {
        return new Detector(settings.zone());
    }

    @Override
    public SeriesDetector restore(DetectionSettings settings, byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(ID, VERSION, snapshot);
        SnapshotEnvelope.requireLength(ID, in, Detector.STATE_BYTES);
        Detector detector = new Detector(settings.zone());
        detector.read(in);
        return detector;
    }

    private static final class Detector implements SeriesDetector {
        static final int STATE_BYTES =
                3 * Long.BYTES + CalibratedOutputs.BYTES + ClippedMoments.BYTES + HoltWinters.BYTES;

        private static final int WARM_POINTS = 30;
        private static final double BAND_SPREADS = 4;
        private static final double MOST_DISTANCE = 1e6;

        /** The distance, in mean absolute errors, that scores 0.6, the default threshold. */
        private static final double THRESHOLD = 7;

        private final LocalTime local;
        private final HoltWinters model = new HoltWinters();
        private final ClippedMoments errors = new ClippedMoments(1_000);
        private final CalibratedOutputs outputs = new CalibratedOutputs(THRESHOLD);
        private long last = Long.MIN_VALUE;
        private long points;
        private double stepSeconds;

        Detector(ZoneId zone) {
            local = LocalTime.of(zone, Holidays.NONE);
        }

        @Override
        public void update(long epochMillis, double value, Verdict verdict) {
            if (epochMillis <= last) {
                verdict.outOfOrder();
                return;
            }
            double seconds = last == Long.MIN_VALUE ? 0 : (epochMillis - last) / 1000.0;
            last = epochMillis;
            long localSeconds = local.seconds(epochMillis);
            model.forecast(
                    localSeconds,
                    local.hourOfMonth(localSeconds),
                    stepSeconds == 0 ? 1 : seconds / stepSeconds);
            if (points < WARM_POINTS) {
                verdict.warmingUp((int) (WARM_POINTS - points));
            } else if (Double.isNaN(value)) {
                outputs.gap(verdict);
                verdict.expect(model.expected(), BAND_SPREADS * model.spread());
            } else {
                judge(value, verdict);
            }
            if (!Double.isNaN(value)) {
                learn(value, seconds);
            }
        }

        private void judge(double value, Verdict verdict) {
            double off = distance(value - model.expected(), model.spread());
            double surprise = Math.abs(errors.distance(value - model.foreseen()));
            // A point that was foreseen, or lies where it usually does, is no news.
            double alarm = Math.min(surprise, off);
            outputs.judge(off, alarm, verdict);
            verdict.expect(model.expected(), BAND_SPREADS * model.spread());
            verdict.kind = kind(value, off);
            verdict.evidence[0] = outputs.share(off);
            verdict.evidence[1] = outputs.share(surprise);
        }

        private static double distance(double off, double spread) {
            double size = Math.abs(off);
            return size == 0 ? 0 : Math.min(size / Math.max(spread, 1e-300), MOST_DISTANCE);
        }

        private AnomalyKind kind(double value, double off) {
            if (off < BAND_SPREADS) {
                return AnomalyKind.NORMAL;
            }
            boolean usualAtAnotherTime =
                    distance(value - model.level(), model.levelError()) < 2 * BAND_SPREADS / 3;
            if (model.isSeasonal() && usualAtAnotherTime) {
                return AnomalyKind.SEASONAL;
            }
            if (outputs.smoothed() >= BAND_SPREADS) {
                return AnomalyKind.LEVEL_SHIFT;
            }
            return value > model.expected() ? AnomalyKind.SPIKE : AnomalyKind.DIP;
        }

        private void learn(double value, double seconds) {
            if (seconds > 0) {
                double near = Math.clamp(seconds, stepSeconds / 2, stepSeconds * 2);
                double rate = Math.max(0.02, 1.0 / (points + 1));
                stepSeconds =
                        stepSeconds == 0 ? seconds : stepSeconds + rate * (near - stepSeconds);
            }
            errors.learn(value - model.foreseen());
            model.learn(value, stepSeconds == 0 ? 60 : stepSeconds);
            points++;
        }

        @Override
        public byte[] snapshot() {
            ByteBuffer out = ByteBuffer.allocate(STATE_BYTES);
            out.putLong(last).putLong(points).putDouble(stepSeconds);
            outputs.write(out);
            errors.write(out);
            model.write(out);
            return SnapshotEnvelope.seal(ID, VERSION, out.array());
        }

        void read(ByteBuffer in) {
            last = in.getLong();
            points = in.getLong();
            stepSeconds = in.getDouble();
            outputs.read(in);
            errors.read(in);
            model.read(in);
        }
    }
}
