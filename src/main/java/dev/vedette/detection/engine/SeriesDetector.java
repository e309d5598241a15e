package dev.vedette.detection.engine;

/**
 * An engine at work on one series, with its state. Deterministic: the same points in the same order
 * give the same verdicts, whatever restarts lie between. State is small and primitive; an update
 * allocates nothing. Not thread-safe: one worker owns it.
 */
public interface SeriesDetector {
    /**
     * Judges the next point and learns from it.
     *
     * @param epochMillis when, milliseconds since 1970-01-01T00:00Z; one not after the last is
     *     refused as {@link Verdict.State#OUT_OF_ORDER} and changes nothing
     * @param value finite, or NaN for a known gap
     * @param verdict filled with the outcome
     */
    void update(long epochMillis, double value, Verdict verdict);

    /**
     * The whole state, to be handed to {@link DetectionEngine#restore}; restoring and going on is
     * bit-identical.
     */
    byte[] snapshot();
}
