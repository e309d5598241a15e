package dev.vedette.explanation;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyType;

/**
 * What a stretch of a series looks like.
 *
 * @param kind the finer kind; {@link AnomalyKind#NORMAL} when nothing is strange
 * @param confidence how clearly, in [0,1]
 */
public record Classification(AnomalyKind kind, double confidence) {
    /**
     * Validates the range.
     *
     * @throws IllegalArgumentException when the confidence is outside [0,1]; the message holds it
     */
    public Classification {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be in [0,1], is " + confidence);
        }
    }

    /** The coarse label. */
    public AnomalyType label() {
        return kind.type();
    }
}
