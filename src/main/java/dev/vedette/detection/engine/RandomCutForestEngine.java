package dev.vedette.detection.engine;

import com.amazon.randomcutforest.parkservices.AnomalyDescriptor;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import com.amazon.randomcutforest.parkservices.state.ThresholdedRandomCutForestMapper;
import com.amazon.randomcutforest.parkservices.state.ThresholdedRandomCutForestState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * AWS Random Cut Forest by its own library: how much a shingle of the last {@value
 * Detector#SHINGLE} points would change a forest of {@value Detector#TREES} trees.
 *
 * <p>Source: S. Guha, N. Mishra, G. Roy, O. Schrijvers, "Robust Random Cut Forest Based Anomaly
 * Detection on Streams", ICML 2016. The library's score is taken; its thresholds are replaced by
 * ours, so that a score means what it means elsewhere.
 *
 * <p>Cost: about a hundred times the default engine's, some 1.2 MB per series, allocation at every
 * point: an opt-in for few series. The snapshot is the library's own state object in Java's serial
 * form, read through a filter that admits its classes only.
 */
final class RandomCutForestEngine implements DetectionEngine {
    /** Its name. */
    static final String ID = "rcf";

    private static final int VERSION = 1;

    /** The library's state, plain arrays and lists, and nothing else. */
    private static final ObjectInputFilter ONLY_STATE =
            ObjectInputFilter.Config.createFilter(
                    "maxdepth=12;maxarray=1000000;com.amazon.randomcutforest.**;"
                            + "java.util.ArrayList;java.lang.Object;java.lang.String;"
                            + "java.lang.Number;java.lang.Enum;!*");

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
        return List.of("forest", "point");
    }

    @Override
    public SeriesDetector open(DetectionSettings settings) {
        return new Detector(Detector.forest());
    }

    @Override
    public SeriesDetector restore(DetectionSettings settings, byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(ID, VERSION, snapshot);
        int length = in.getInt();
        SnapshotEnvelope.requireLength(ID, in, length + Detector.OWN_BYTES);
        byte[] forest = new byte[length];
        in.get(forest);
        Detector detector = new Detector(fromBytes(forest));
        detector.read(in);
        return detector;
    }

    private static byte[] toBytes(ThresholdedRandomCutForest forest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ThresholdedRandomCutForestMapper().toState(forest));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private static ThresholdedRandomCutForest fromBytes(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(ONLY_STATE);
            ThresholdedRandomCutForestState state =
                    (ThresholdedRandomCutForestState) in.readObject();
            return new ThresholdedRandomCutForestMapper().toModel(state);
        } catch (IOException | ClassNotFoundException | ClassCastException e) {
            throw new CorruptSnapshotException(
                    "snapshot of " + ID + " does not hold its state: " + e);
        }
    }

    private static final class Detector implements SeriesDetector {
        static final int SHINGLE = 8;
        static final int TREES = 50;
        static final int OWN_BYTES = 2 * Long.BYTES + ForestVerdicts.BYTES;

        private static final int SAMPLE = 256;
        private static final long SEED = 42;

        /** The forest keeps single-precision numbers and squares some. */
        private static final double MOST_VALUE = 1e15;

        private final ThresholdedRandomCutForest forest;
        private final ForestVerdicts verdicts = new ForestVerdicts();
        private final double[] point = new double[1];
        private long last = Long.MIN_VALUE;
        private long points;

        Detector(ThresholdedRandomCutForest forest) {
            this.forest = forest;
        }

        static ThresholdedRandomCutForest forest() {
            return ThresholdedRandomCutForest.builder()
                    .dimensions(SHINGLE)
                    .shingleSize(SHINGLE)
                    .numberOfTrees(TREES)
                    .sampleSize(SAMPLE)
                    .internalShinglingEnabled(true)
                    .randomSeed(SEED)
                    .build();
        }

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
            point[0] = Math.clamp(value, -MOST_VALUE, MOST_VALUE);
            verdicts.learn(point[0]);
            AnomalyDescriptor found = forest.process(point, epochMillis);
            if (points < ForestVerdicts.WARM_POINTS) {
                verdict.warmingUp((int) (ForestVerdicts.WARM_POINTS - points));
            } else {
                verdicts.judge(found.getRCFScore(), off, verdict);
            }
            points++;
        }

        @Override
        public byte[] snapshot() {
            byte[] state = toBytes(forest);
            ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + state.length + OWN_BYTES);
            out.putInt(state.length).put(state).putLong(last).putLong(points);
            verdicts.write(out);
            return SnapshotEnvelope.seal(ID, VERSION, out.array());
        }

        void read(ByteBuffer in) {
            last = in.getLong();
            points = in.getLong();
            verdicts.read(in);
        }
    }
}
