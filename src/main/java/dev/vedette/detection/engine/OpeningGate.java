package dev.vedette.detection.engine;

/**
 * What a judged point must pass for an anomaly to open at it. The evaluator asks these, and so does
 * whoever wants to know why none opened. Pure; allocates nothing.
 */
public enum OpeningGate {
    /** Its value left the band, or the series as a whole is strange. */
    BAND {
        @Override
        public boolean passes(DetectionSettings settings, Verdict verdict, double value) {
            return value < verdict.lower
                    || value > verdict.upper
                    || verdict.anomalyScore >= STRANGE_SHARE * settings.threshold();
        }
    },
    /** It lies on a side of the expected value that counts. */
    SIDE {
        @Override
        public boolean passes(DetectionSettings settings, Verdict verdict, double value) {
            return settings.isOnSide(value, verdict.expected);
        }
    },
    /** It is far enough from the expected value; never asked of a standstill. */
    DEVIATION {
        @Override
        public boolean passes(DetectionSettings settings, Verdict verdict, double value) {
            return verdict.kind == AnomalyKind.FLATLINE
                    || Math.abs(value - verdict.expected)
                            >= settings.leastDeviation(verdict.expected);
        }
    },
    /** Its alarm score reaches the threshold. */
    SCORE {
        @Override
        public boolean passes(DetectionSettings settings, Verdict verdict, double value) {
            return verdict.alarmScore >= settings.threshold();
        }
    };

    /** The share of the threshold that lets a value inside its band open one all the same. */
    static final double STRANGE_SHARE = 0.5;

    /**
     * Whether the point passes.
     *
     * @param verdict of state {@link Verdict.State#JUDGED} on that point
     * @param value finite
     */
    public abstract boolean passes(DetectionSettings settings, Verdict verdict, double value);
}
