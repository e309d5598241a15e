package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * Verdicts of a model that says how strange a point is and no more. The usual range is the value's
 * own, mean and four mean absolute deviations; the label follows from how long it is strange and
 * where the value lies.
 */
final class ModelVerdicts {
    /** What is kept of the values in a snapshot; the outputs' part stands before it. */
    static final int VALUE_BYTES = ClippedMoments.BYTES;

    private final TwoOutputs outputs;
    private final double strange;
    private final double lasting;
    private final ClippedMoments values = new ClippedMoments(3_000);

    /**
     * With that law of scores.
     *
     * @param strange the strangeness from which a point has a label
     * @param lasting the smoothed strangeness from which it is more than a spike
     */
    ModelVerdicts(TwoOutputs outputs, double strange, double lasting) {
        this.outputs = outputs;
        this.strange = strange;
        this.lasting = lasting;
    }

    /** How many spreads the value lies from its mean, signed. */
    double distance(double value) {
        return values.distance(value);
    }

    /**
     * Judges a point.
     *
     * @param strangeness the model's, 0 or more
     * @param off the value's {@link #distance}
     */
    void judge(double strangeness, double off, Verdict verdict) {
        outputs.judge(strangeness, verdict);
        expect(verdict);
        verdict.kind = kind(strangeness, off);
        verdict.evidence[0] = outputs.share(strangeness);
    }

    /** Learns a value, a finite number. */
    void learn(double value) {
        values.learn(value);
    }

    /** Scores a known gap: the state is held, nothing alarms. */
    void gap(Verdict verdict) {
        outputs.gap(verdict);
        expect(verdict);
    }

    private void expect(Verdict verdict) {
        verdict.expect(values.mean(), ClippedMoments.CLIP * values.spread());
    }

    private AnomalyKind kind(double strangeness, double off) {
        if (strangeness < strange) {
            return AnomalyKind.NORMAL;
        }
        if (outputs.smoothed() < lasting) {
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
