package dev.vedette.detection.engine;

import java.util.List;

/**
 * Why a stretch of a series is, or is not, anomalous.
 *
 * @param label the coarse label
 * @param kind the finer kind
 * @param text one or two sentences in plain words
 * @param confidence how sure, in [0,1]
 * @param evidence what speaks for it, strongest first
 */
public record AnomalyExplanation(
        AnomalyType label,
        AnomalyKind kind,
        String text,
        double confidence,
        List<Evidence> evidence) {
    /**
     * One piece of evidence.
     *
     * @param name the channel, such as {@code point} or {@code season}
     * @param seen what was seen, in plain words
     * @param strength in [0,1]
     */
    public record Evidence(String name, String seen, double strength) {}

    /** Copies the evidence. */
    public AnomalyExplanation {
        evidence = List.copyOf(evidence);
    }
}
