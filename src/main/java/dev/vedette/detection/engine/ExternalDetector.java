package dev.vedette.detection.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Function;

/**
 * An external model at work on one series, point by point. The fallback judges every point, too, so
 * that it is warm when it is needed; points the model did not answer for are sent again with the
 * next ones.
 */
final class ExternalDetector implements SeriesDetector {
    /** Most points kept for a model that does not answer; the oldest are given up first. */
    private static final int MOST_PENDING = 256;

    private static final byte[] NO_STATE = {};

    private final ExternalModel model;
    private final SeriesDetector fallback;
    private final SigmaVerdicts verdicts = new SigmaVerdicts();
    private final long[] times = new long[MOST_PENDING];
    private final double[] values = new double[MOST_PENDING];
    private int pending;
    private byte[] state = NO_STATE;
    private boolean isWarm;
    private long last = Long.MIN_VALUE;

    ExternalDetector(ExternalModel model, SeriesDetector fallback) {
        this.model = model;
        this.fallback = fallback;
    }

    @Override
    public void update(long epochMillis, double value, Verdict verdict) {
        if (epochMillis <= last) {
            verdict.outOfOrder();
            return;
        }
        last = epochMillis;
        fallback.update(epochMillis, value, verdict);
        if (Double.isNaN(value)) {
            if (isWarm) {
                verdicts.gap(verdict);
            }
            return;
        }
        keep(epochMillis, value);
        double sigma = ask();
        if (Double.isNaN(sigma)) {
            verdicts.learn(value);
            markAsFallback(verdict);
            return;
        }
        isWarm = true;
        verdicts.judge(sigma, value, verdict);
    }

    private void keep(long epochMillis, double value) {
        if (pending == MOST_PENDING) {
            System.arraycopy(times, 1, times, 0, --pending);
            System.arraycopy(values, 1, values, 0, pending);
        }
        times[pending] = epochMillis;
        values[pending++] = value;
    }

    /** The model's score of the last point; NaN when it has none or does not answer. */
    private double ask() {
        try {
            ExternalModel.Scores answer =
                    model.update(
                            state, Arrays.copyOf(times, pending), Arrays.copyOf(values, pending));
            double sigma = answer.sigmas()[pending - 1];
            state = answer.state();
            pending = 0;
            return sigma;
        } catch (ExternalModelException e) {
            return Double.NaN; // counted where it was thrown
        }
    }

    /** The fallback's channels are others than this engine's: its strongest stands for all. */
    private static void markAsFallback(Verdict verdict) {
        double strongest = Arrays.stream(verdict.evidence).max().orElse(0);
        Arrays.fill(verdict.evidence, 0);
        verdict.evidence[1] = strongest;
    }

    @Override
    public byte[] snapshot() {
        byte[] inner = fallback.snapshot();
        ByteBuffer out =
                ByteBuffer.allocate(
                        Long.BYTES
                                + 1
                                + SigmaVerdicts.BYTES
                                + 3 * Integer.BYTES
                                + pending * (Long.BYTES + Double.BYTES)
                                + state.length
                                + inner.length);
        out.putLong(last).put((byte) (isWarm ? 1 : 0));
        verdicts.write(out);
        out.putInt(pending).putInt(state.length).putInt(inner.length);
        for (int i = 0; i < pending; i++) {
            out.putLong(times[i]).putDouble(values[i]);
        }
        return MerlionAnomalyEngine.seal(out.put(state).put(inner).array());
    }

    /**
     * A detector with that state.
     *
     * @param restored the fallback's detector from its snapshot
     */
    static ExternalDetector read(
            ByteBuffer in, ExternalModel model, Function<byte[], SeriesDetector> restored) {
        long last = in.getLong();
        boolean isWarm = in.get() != 0;
        byte[] own = new byte[SigmaVerdicts.BYTES];
        in.get(own);
        int pending = in.getInt();
        byte[] state = new byte[in.getInt()];
        byte[] inner = new byte[in.getInt()];
        SnapshotEnvelope.requireLength(
                MerlionAnomalyEngine.ID, in, pending * 16 + state.length + inner.length);
        long[] times = new long[pending];
        double[] values = new double[pending];
        for (int i = 0; i < pending; i++) {
            times[i] = in.getLong();
            values[i] = in.getDouble();
        }
        in.get(state).get(inner);
        ExternalDetector detector = new ExternalDetector(model, restored.apply(inner));
        detector.verdicts.read(ByteBuffer.wrap(own));
        System.arraycopy(times, 0, detector.times, 0, pending);
        System.arraycopy(values, 0, detector.values, 0, pending);
        detector.pending = pending;
        detector.state = state;
        detector.isWarm = isWarm;
        detector.last = last;
        return detector;
    }
}
