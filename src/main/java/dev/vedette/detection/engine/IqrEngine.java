package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Fences of the interquartile range over a sliding window: how many ranges a point lies outside the
 * middle half of the last {@value Detector#WINDOW} points.
 *
 * <p>Source: J. W. Tukey, "Exploratory Data Analysis" (1977): 1.5 ranges are the inner fence, 3 the
 * outer, from which a point is "far out".
 *
 * <p>Cost: O(window) per point for keeping the window sorted, about 2 KB of state. A constant
 * window scores 0 for its own value and 1 for any other.
 */
final class IqrEngine implements DetectionEngine {
    /** Its name. */
    static final String ID = "iqr";

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
        static final int WINDOW = 128;
        static final int STATE_BYTES = (WINDOW + 2) * Double.BYTES + DistanceOutputs.BYTES;

        private static final int WARM_POINTS = 32;
        private static final double INNER_FENCE = 1.5;

        /** Tukey's outer fence, in ranges, scores 0.6, the default threshold. */
        private static final double OUTER_FENCE = 3;

        private final DistanceOutputs outputs = new DistanceOutputs(OUTER_FENCE);
        private final double[] ring = new double[WINDOW];
        private final double[] sorted = new double[WINDOW];
        private long last = Long.MIN_VALUE;
        private long points;

        @Override
        public void update(long epochMillis, double value, Verdict verdict) {
            if (epochMillis <= last) {
                verdict.outOfOrder();
                return;
            }
            last = epochMillis;
            if (points < WARM_POINTS) {
                verdict.warmingUp((int) (WARM_POINTS - points));
            } else {
                judge(value, verdict);
            }
            if (!Double.isNaN(value)) {
                learn(value);
            }
        }

        private void judge(double value, Verdict verdict) {
            int n = (int) Math.min(points, WINDOW);
            double q1 = sorted[n / 4];
            double q3 = sorted[(3 * n) / 4];
            if (Double.isNaN(value)) {
                outputs.gap(verdict);
                fences(verdict, q1, sorted[n / 2], q3);
                return;
            }
            double range = q3 - q1;
            double outside = Math.max(0, Math.max(q1 - value, value - q3));
            double far = outside == 0 ? 0 : Math.min(outside / Math.max(range, 1e-300), 1e6);
            outputs.judge(far, verdict);
            fences(verdict, q1, sorted[n / 2], q3);
            verdict.kind = kind(far, value > q3);
            verdict.evidence[0] = outputs.share(far);
        }

        private static void fences(Verdict verdict, double q1, double median, double q3) {
            verdict.expected = median;
            verdict.lower = q1 - INNER_FENCE * (q3 - q1);
            verdict.upper = q3 + INNER_FENCE * (q3 - q1);
        }

        private static AnomalyKind kind(double far, boolean above) {
            if (far < INNER_FENCE) {
                return AnomalyKind.NORMAL;
            }
            return above ? AnomalyKind.SPIKE : AnomalyKind.DIP;
        }

        private void learn(double value) {
            // Adding zero turns -0.0 into 0.0, which the search tells apart.
            double clean = value + 0.0;
            int n = (int) Math.min(points, WINDOW);
            int slot = (int) (points % WINDOW);
            if (n == WINDOW) {
                int out = Arrays.binarySearch(sorted, 0, n, ring[slot]);
                System.arraycopy(sorted, out + 1, sorted, out, n - out - 1);
                n--;
            }
            int found = Arrays.binarySearch(sorted, 0, n, clean);
            int in = found < 0 ? -found - 1 : found;
            System.arraycopy(sorted, in, sorted, in + 1, n - in);
            sorted[in] = clean;
            ring[slot] = clean;
            points++;
        }

        @Override
        public byte[] snapshot() {
            ByteBuffer out = ByteBuffer.allocate(STATE_BYTES);
            out.putLong(last).putLong(points);
            outputs.write(out);
            for (double value : ring) {
                out.putDouble(value);
            }
            return SnapshotEnvelope.seal(ID, VERSION, out.array());
        }

        void read(ByteBuffer in) {
            last = in.getLong();
            points = in.getLong();
            outputs.read(in);
            for (int i = 0; i < WINDOW; i++) {
                ring[i] = in.getDouble();
            }
            int n = (int) Math.min(points, WINDOW);
            System.arraycopy(ring, 0, sorted, 0, n);
            Arrays.sort(sorted, 0, n);
        }
    }
}
