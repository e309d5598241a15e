package dev.vedette.dashboard;

/**
 * A score as it stands on a page: glyph and number, the glyph with its name for screen readers.
 *
 * @param state {@code crit}, {@code warn}, {@code info}, {@code quiet}, {@code learning} or {@code
 *     gap}; also the name of the glyph
 * @param text what stands beside the glyph: the score with two decimals, or a time while learning
 * @param name what a screen reader says before the text
 * @param score the score in [0,1]; 0 where there is none
 */
public record ScoreMark(String state, String text, String name, double score) {
    /** Score from which a mark is critical. */
    static final double CRITICAL = 0.85;

    /** Score from which a mark warns. */
    static final double WARNING = 0.60;

    /** Score from which a mark informs. */
    static final double INFO = 0.45;

    /** The mark of that score in [0,1]. */
    static ScoreMark of(double score, Language language) {
        String state = state(score);
        return new ScoreMark(state, language.score(score), language.say("mark." + state), score);
    }

    /** The mark of something that sends nothing. */
    static ScoreMark silent(Language language) {
        return new ScoreMark("gap", language.say("mark.silent"), language.say("mark.gap"), 0);
    }

    /** What a score in [0,1] is: {@code crit}, {@code warn}, {@code info} or {@code quiet}. */
    static String state(double score) {
        if (score >= CRITICAL) {
            return "crit";
        }
        return score >= WARNING ? "warn" : score >= INFO ? "info" : "quiet";
    }

    /** Whether it is at least a warning. */
    public boolean strange() {
        return score >= WARNING;
    }

    /** The step of the colour ramp, 0 to 10, one per 0.1. */
    public int step() {
        return step(score);
    }

    /** Width of its bar, a percentage. */
    public String width() {
        return Svg.percent(Math.clamp(score, 0, 1));
    }

    static int step(double score) {
        return Math.clamp((long) Math.floor(score * 10 + 1e-9), 0, 10);
    }
}
