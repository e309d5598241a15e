package dev.vedette.detection.engine;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Salesforce Merlion, or any model that speaks the protocol of {@code docs/external-engines.md}, as
 * an engine: its scores become scores in [0,1], labels and, by the life cycle of every engine,
 * windows. Where the model does not answer, the default engine judges, which has seen every point.
 *
 * <p>Source: A. Bhatnagar et al., "Merlion: A Machine Learning Library for Time Series", 2021.
 *
 * <p>What the model remembers of a series is part of the snapshot; a restored detector goes on
 * bit-identically as long as the model answers as it did. Which points the model answered for is
 * not part of it, so that a replay after an outage can judge points by the model which the default
 * engine judged before.
 */
public final class MerlionAnomalyEngine implements WholeSeriesEngine {
    /** Its name. */
    public static final String ID = "merlion";

    private static final int VERSION = 1;

    private final ExternalModel model;
    private final DetectionEngine fallback;

    /**
     * Over a model.
     *
     * @param fallback judges where the model does not answer
     */
    public MerlionAnomalyEngine(ExternalModel model, DetectionEngine fallback) {
        this.model = model;
        this.fallback = fallback;
    }

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
        return List.of("model", "fallback");
    }

    /** Point by point: one request for each, so for few series only. */
    @Override
    public SeriesDetector open(DetectionSettings settings) {
        return new ExternalDetector(model, fallback.open(settings));
    }

    @Override
    public SeriesDetector restore(DetectionSettings settings, byte[] snapshot) {
        ByteBuffer in = SnapshotEnvelope.open(ID, VERSION, snapshot);
        try {
            return ExternalDetector.read(in, model, inner -> fallback.restore(settings, inner));
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new CorruptSnapshotException("snapshot of " + ID + " is too short");
        }
    }

    static byte[] seal(byte[] payload) {
        return SnapshotEnvelope.seal(ID, VERSION, payload);
    }

    /** Asks the model in one request; where it does not answer, the evaluator is the fallback's. */
    @Override
    public SeriesEvaluator judging(
            DetectionSettings settings, long[] epochMillis, double[] values) {
        try {
            double[] sigmas = model.detect(epochMillis, values).sigmas();
            return new StreamingEvaluator(this, settings, new KnownScores(sigmas));
        } catch (ExternalModelException e) {
            return new StreamingEvaluator(fallback, settings, fallback.open(settings));
        }
    }

    /** A detector that was told its scores beforehand. */
    private static final class KnownScores implements SeriesDetector {
        private final double[] sigmas;
        private final SigmaVerdicts verdicts = new SigmaVerdicts();
        private boolean isWarm;
        private int next;

        KnownScores(double[] sigmas) {
            this.sigmas = sigmas;
        }

        @Override
        public void update(long epochMillis, double value, Verdict verdict) {
            double sigma = sigmas[next++];
            boolean isGap = Double.isNaN(value);
            isWarm |= !Double.isNaN(sigma);
            if (!isWarm) {
                verdict.warmingUp(1);
            } else if (isGap || Double.isNaN(sigma)) {
                verdicts.gap(verdict);
            } else {
                verdicts.judge(sigma, value, verdict);
                return;
            }
            if (!isGap) {
                verdicts.learn(value);
            }
        }

        @Override
        public byte[] snapshot() {
            throw new UnsupportedOperationException("a series judged as a whole leaves no state");
        }
    }
}
