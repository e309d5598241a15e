package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * From an external model's scores in standard deviations to verdicts: to [0,1] by one law, {@value
 * #THRESHOLD} of them scoring 0.6.
 */
final class SigmaVerdicts {
    /** Size of its part of a snapshot. */
    static final int BYTES = DistanceOutputs.BYTES + ModelVerdicts.VALUE_BYTES;

    /** Merlion's own alarm threshold, see its {@code AggregateAlarms}. */
    private static final double THRESHOLD = 3;

    private static final double STRANGE = 2;

    private final ModelVerdicts verdicts =
            new ModelVerdicts(new DistanceOutputs(THRESHOLD), STRANGE, THRESHOLD);

    /**
     * Judges a point and learns its value.
     *
     * @param sigma the model's score, either sign
     */
    void judge(double sigma, double value, Verdict verdict) {
        verdicts.judge(Math.abs(sigma), verdicts.distance(value), verdict);
        verdicts.learn(value);
    }

    /** Learns a value that the model had no opinion on. */
    void learn(double value) {
        verdicts.learn(value);
    }

    /** Scores a known gap: the state is held, nothing alarms. */
    void gap(Verdict verdict) {
        verdicts.gap(verdict);
    }

    void write(ByteBuffer out) {
        verdicts.write(out);
    }

    void read(ByteBuffer in) {
        verdicts.read(in);
    }
}
