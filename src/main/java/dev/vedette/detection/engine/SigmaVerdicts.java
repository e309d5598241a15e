package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * From an external model's scores in standard deviations to verdicts: to [0,1] by one law, {@value
 * #THRESHOLD} of them scoring 0.6; a label from how long they last and where the value lies. Models
 * give no band, so the usual range is the value's own, mean and four mean absolute deviations.
 */
final class SigmaVerdicts {
    /** Size of its part of a snapshot. */
    static final int BYTES = TwoOutputs.BYTES + ClippedMoments.BYTES;

    /** Merlion's own alarm threshold, see its {@code AggregateAlarms}. */
    private static final double THRESHOLD = 3;

    private static final double STRANGE = 2;

    private final TwoOutputs outputs = new TwoOutputs(THRESHOLD);
    private final ClippedMoments values = new ClippedMoments(3_000);

    /**
     * Judges a point and learns its value.
     *
     * @param sigma the model's score, either sign
     */
    void judge(double sigma, double value, Verdict verdict) {
        double strange = Math.abs(sigma);
        double off = values.distance(value);
        outputs.judge(strange, verdict);
        verdict.expect(values.mean(), ClippedMoments.CLIP * values.spread());
        verdict.kind = kind(strange, off);
        verdict.evidence[0] = outputs.share(strange);
        values.learn(value);
    }

    /** Learns a value that the model had no opinion on. */
    void learn(double value) {
        values.learn(value);
    }

    /** Scores a known gap: the state is held, nothing alarms. */
    void gap(Verdict verdict) {
        outputs.gap(verdict);
        verdict.expect(values.mean(), ClippedMoments.CLIP * values.spread());
    }

    private AnomalyKind kind(double strange, double off) {
        if (strange < STRANGE) {
            return AnomalyKind.NORMAL;
        }
        if (outputs.smoothed() < THRESHOLD) {
            return off >= 0 ? AnomalyKind.SPIKE : AnomalyKind.DIP;
        }
        return Math.abs(off) >= ClippedMoments.CLIP
                ? AnomalyKind.LEVEL_SHIFT
                : AnomalyKind.VARIANCE;
    }

    void write(ByteBuffer out) {
        outputs.write(out);
        values.write(out);
    }

    void read(ByteBuffer in) {
        outputs.read(in);
        values.read(in);
    }
}
