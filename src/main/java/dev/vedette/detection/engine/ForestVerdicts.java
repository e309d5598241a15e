package dev.vedette.detection.engine;

import java.nio.ByteBuffer;

/**
 * From a forest's scores to verdicts. Such a score has no scale of its own: a point is as strange
 * as its score lies above what is usual on this series.
 */
final class ForestVerdicts {
    /** Size of its part of a snapshot. */
    static final int BYTES =
            CalibratedOutputs.BYTES + ModelVerdicts.VALUE_BYTES + ClippedMoments.BYTES;

    /** Points a forest wants to see before its first verdict. */
    static final int WARM_POINTS = 128;

    /** The score's distance from its usual, in spreads, that scores 0.6. */
    private static final double THRESHOLD = 8;

    private final ModelVerdicts verdicts =
            new ModelVerdicts(new CalibratedOutputs(THRESHOLD), THRESHOLD / 2, THRESHOLD / 2);
    private final ClippedMoments scores = new ClippedMoments(3_000);

    /** How many spreads the value lies from its mean, signed. */
    double distance(double value) {
        return verdicts.distance(value);
    }

    /**
     * Judges a point and learns its score.
     *
     * @param score the forest's
     * @param off the value's {@link #distance}
     */
    void judge(double score, double off, Verdict verdict) {
        verdicts.judge(Math.max(0, scores.distance(score)), off, verdict);
        verdict.evidence[1] = Math.abs(off) / (Math.abs(off) + ClippedMoments.CLIP);
        scores.learn(score);
    }

    /** Learns a value, a finite number. */
    void learn(double value) {
        verdicts.learn(value);
    }

    /**
     * Answers for a known gap.
     *
     * @param points seen before it
     */
    void gap(long points, Verdict verdict) {
        if (points < WARM_POINTS) {
            verdict.warmingUp((int) (WARM_POINTS - points));
        } else {
            verdicts.gap(verdict);
        }
    }

    void write(ByteBuffer out) {
        verdicts.write(out);
        scores.write(out);
    }

    void read(ByteBuffer in) {
        verdicts.read(in);
        scores.read(in);
    }
}
