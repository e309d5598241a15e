package dev.vedette.explanation;

import dev.vedette.detection.JudgedMoment;
import java.util.List;

/**
 * Why there is an anomaly at a moment, or none, in words.
 *
 * @param standing where the series stood
 * @param sentence the answer
 * @param checks what the point was asked, in order; empty when it was not judged
 * @param wouldHaveFired what value would have opened one; empty when that cannot be told
 */
public record Why(
        JudgedMoment.Standing standing,
        String sentence,
        List<Check> checks,
        String wouldHaveFired) {
    /** Copies the list. */
    public Why {
        checks = List.copyOf(checks);
    }

    /** How a check went. */
    public enum Outcome {
        /** The point passes. */
        PASSED,
        /** It does not, and so nothing opened. */
        STOPPED,
        /** An earlier one stopped it; this one would have been passed. */
        WOULD_PASS,
        /** An earlier one stopped it; this one would have stopped it too. */
        WOULD_STOP;

        /** As the API names it. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One check.
     *
     * @param gate its name, as the API has it
     * @param outcome how it went
     * @param text what was asked, with the numbers
     */
    public record Check(String gate, Outcome outcome, String text) {}
}
