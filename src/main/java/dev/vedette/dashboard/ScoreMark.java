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
    public static ScoreMark of(double score) {
        String text = Figures.SCORE.number(score);
        if (score >= CRITICAL) {
            return new ScoreMark("crit", text, "critical", score);
        }
        if (score >= WARNING) {
            return new ScoreMark("warn", text, "warning", score);
        }
        return score >= INFO
                ? new ScoreMark("info", text, "noted", score)
                : new ScoreMark("quiet", text, "quiet", score);
    }

    /** The mark of something that has no score yet. */
    public static ScoreMark learning(String text) {
        return new ScoreMark("learning", text, "learning", 0);
    }

    /** The mark of something that sends nothing. */
    public static ScoreMark silent(String text) {
        return new ScoreMark("gap", text, "no data", 0);
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
