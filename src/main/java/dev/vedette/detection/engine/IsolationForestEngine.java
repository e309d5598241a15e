package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * How easily the last points are told apart from the windows seen before, by an isolation forest
 * over six features of a sliding window: the value and the one before it, their difference, and
 * mean, range and roughness of the last {@value Detector#WINDOW}.
 *
 * <p>Sources: {@link IsolationTrees}; Z. Ding and M. Fei, "An Anomaly Detection Approach Based on
 * Isolation Forest Algorithm for Streaming Data using Sliding Window", IFAC 2013 (windows of a
 * stream); C. Aggarwal, "On Biased Reservoir Sampling in the Presence of Stream Evolution", VLDB
 * 2006 (what the trees are grown from). We differ in renewing one tree at a time, every {@value
 * Detector#RENEWAL} points, so that no point pays for a whole forest.
 *
 * <p>Cost: {@value Detector#TREES} walks of 6 nodes per point, {@value Detector#STATE_BYTES} bytes
 * of state. The seed is fixed and its state is part of the snapshot.
 */
final class IsolationForestEngine implements DetectionEngine {
    /** Its name. */
    static final String ID = "isolation-forest";

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
        return List.of("isolation", "point");
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
        static final int WINDOW = 8;
        static final int RENEWAL = 16;

        private static final int FEATURES = 6;
        private static final int ROWS = 512;

        static final int TREES = 64;
        private static final int SAMPLE = 64;
        private static final int TREE_BYTES = (2 * SAMPLE - 1) * (1 + Float.BYTES);

        static final int STATE_BYTES =
                3 * Long.BYTES
                        + ForestVerdicts.BYTES
                        + Float.BYTES * (WINDOW + ROWS * FEATURES)
                        + TREES * TREE_BYTES;

        private static final long SEED = 42;

        /** A window is remembered for about so many times the rows there are. */
        private static final int STAY = 8;

        private static final double MOST_SPREADS = 50;

        private final ForestVerdicts verdicts = new ForestVerdicts();
        private final float[] ring = new float[WINDOW];
        private final float[] rows = new float[ROWS * FEATURES];
        private final IsolationTrees trees = new IsolationTrees(FEATURES, TREES, SAMPLE);
        private final double[] row = new double[FEATURES];
        private final int[] sample = new int[SAMPLE];
        private SplitMix random = new SplitMix(SEED);
        private long last = Long.MIN_VALUE;
        private long points;

        @Override
        public void update(long epochMillis, double value, Verdict verdict) {
            if (epochMillis <= last) {
                verdict.outOfOrder();
                return;
            }
            last = epochMillis;
            if (Double.isNaN(value)) {
                verdicts.gap(points, verdict);
                return;
            }
            double off = verdicts.distance(value);
            look(Math.clamp(off, -MOST_SPREADS, MOST_SPREADS));
            if (points < ForestVerdicts.WARM_POINTS) {
                verdict.warmingUp((int) (ForestVerdicts.WARM_POINTS - points));
            } else {
                verdicts.judge(trees.score(row), off, verdict);
            }
            verdicts.learn(value);
            learn();
        }

        /** The features of the window that ends here. */
        private void look(double scaled) {
            int at = (int) (points % WINDOW);
            float before = points == 0 ? (float) scaled : ring[(at + WINDOW - 1) % WINDOW];
            ring[at] = (float) scaled;
            int n = (int) Math.min(points + 1, WINDOW);
            float sum = 0;
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            float moves = 0;
            for (int k = 0; k < n; k++) {
                float one = ring[(at + WINDOW - k) % WINDOW];
                sum += one;
                low = Math.min(low, one);
                high = Math.max(high, one);
                moves += k == 0 ? 0 : Math.abs(one - ring[(at + WINDOW - k + 1) % WINDOW]);
            }
            row[0] = (float) scaled;
            row[1] = before;
            row[2] = (float) scaled - before;
            row[3] = sum / n;
            row[4] = high - low;
            row[5] = moves / n;
        }

        private void learn() {
            int slot = slot();
            if (slot >= 0) {
                for (int i = 0; i < FEATURES; i++) {
                    rows[slot * FEATURES + i] = (float) row[i];
                }
            }
            points++;
            if (points == ForestVerdicts.WARM_POINTS) {
                for (int tree = 0; tree < TREES; tree++) {
                    grow(tree);
                }
            } else if (points > ForestVerdicts.WARM_POINTS && points % RENEWAL == 0) {
                grow((int) (points / RENEWAL % TREES));
            }
        }

        /** Where the window is kept: the next free place, later a random one or none. */
        private int slot() {
            if (points < ROWS) {
                return (int) points;
            }
            return random.nextInt(STAY) == 0 ? random.nextInt(ROWS) : -1;
        }

        private void grow(int tree) {
            int n = (int) Math.min(points, ROWS);
            // With replacement: a row twice in a sample of so few changes little.
            for (int i = 0; i < sample.length; i++) {
                sample[i] = random.nextInt(n);
            }
            trees.grow(tree, rows, sample, random);
        }

        @Override
        public byte[] snapshot() {
            ByteBuffer out = ByteBuffer.allocate(STATE_BYTES);
            out.putLong(last).putLong(points).putLong(random.state());
            verdicts.write(out);
            for (float one : ring) {
                out.putFloat(one);
            }
            for (float one : rows) {
                out.putFloat(one);
            }
            trees.write(out);
            return SnapshotEnvelope.seal(ID, VERSION, out.array());
        }

        void read(ByteBuffer in) {
            last = in.getLong();
            points = in.getLong();
            random = new SplitMix(in.getLong());
            verdicts.read(in);
            for (int i = 0; i < ring.length; i++) {
                ring[i] = in.getFloat();
            }
            for (int i = 0; i < rows.length; i++) {
                rows[i] = in.getFloat();
            }
            trees.read(in);
        }
    }
}
