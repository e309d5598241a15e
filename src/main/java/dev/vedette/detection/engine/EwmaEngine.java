package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Exponentially weighted mean and spread, the z-score of each point against them.
 *
 * <p>Source: S. W. Roberts, "Control Chart Tests Based on Geometric Moving Averages", Technometrics
 * 1959. We differ in clipping what an outlier may teach, so that one huge value does not blind the
 * detector.
 *
 * <p>Cost: O(1) per point, 48 bytes of state. A constant series scores 0 for its own value and 1
 * for any other.
 */
final class EwmaEngine implements DetectionEngine {
    /** Its name. */
    static final String ID = "ewma";

    private static final int VERSION = 1;

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
        return List.of("point");
    }

    @Override
    public SeriesDetector open(DetectionSettings settings) {
        return new Detector();
    }

    @Override
    public SeriesDetector restore(DetectionSettings settings, byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(ID, VERSION, snapshot);
        SnapshotEnvelope.requireLength(ID, in, Detector.STATE_BYTES);
        Detector detector = new Detector();
        detector.read(in);
        return detector;
    }

    private static final class Detector implements SeriesDetector {
        static final int STATE_BYTES = 4 * Double.BYTES + DistanceOutputs.BYTES;

        /** Forgetting rate: a memory of about 200 points. */
        private static final double ALPHA = 0.01;

        private static final int WARM_POINTS = 30;

        /** How many spreads a point may teach the mean and the spread. */
        private static final double CLIP = 4;

        /** The z-score that scores 0.6, the default threshold. */
        private static final double THRESHOLD_Z = 4;

        private final DistanceOutputs outputs = new DistanceOutputs(THRESHOLD_Z);
        private long last = Long.MIN_VALUE;
        private long points;
        private double mean;
        private double variance;

        @Override
        public void update(long epochMillis, double value, Verdict verdict) {
            if (epochMillis <= last) {
                verdict.outOfOrder();
                return;
            }
            last = epochMillis;
            if (points < WARM_POINTS) {
                verdict.warmingUp((int) (WARM_POINTS - points));
            } else if (Double.isNaN(value)) {
                outputs.gap(verdict);
                verdict.expect(mean, CLIP * Math.sqrt(variance));
            } else {
                judge(value, verdict);
            }
            if (!Double.isNaN(value)) {
                learn(value);
            }
        }

        private void judge(double value, Verdict verdict) {
            double spread = Math.sqrt(variance);
            double distance = Math.abs(value - mean);
            double z = distance == 0 ? 0 : Math.min(distance / Math.max(spread, 1e-300), 1e6);
            outputs.judge(z, verdict);
            verdict.expect(mean, CLIP * spread);
            verdict.kind = kind(z, outputs.smoothed(), value > mean);
            verdict.evidence[0] = outputs.share(z);
        }

        private static AnomalyKind kind(double z, double smoothed, boolean above) {
            if (smoothed >= CLIP && z >= CLIP) {
                return AnomalyKind.LEVEL_SHIFT;
            }
            if (z < CLIP) {
                return AnomalyKind.NORMAL;
            }
            return above ? AnomalyKind.SPIKE : AnomalyKind.DIP;
        }

        private void learn(double value) {
            double rate = Math.max(ALPHA, 1.0 / (points + 1));
            double off = value - mean;
            if (points >= WARM_POINTS && variance > 0) {
                double limit = CLIP * Math.sqrt(variance);
                off = Math.clamp(off, -limit, limit);
            }
            mean += rate * off;
            variance += rate * ((1 - rate) * off * off - variance);
            points++;
        }

        @Override
        public byte[] snapshot() {
            ByteBuffer out = ByteBuffer.allocate(STATE_BYTES);
            out.putLong(last).putLong(points).putDouble(mean).putDouble(variance);
            outputs.write(out);
            return SnapshotEnvelope.seal(ID, VERSION, out.array());
        }

        void read(ByteBuffer in) {
            last = in.getLong();
            points = in.getLong();
            mean = in.getDouble();
            variance = in.getDouble();
            outputs.read(in);
        }
    }
}
