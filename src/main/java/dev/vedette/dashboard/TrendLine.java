package dev.vedette.dashboard;

import java.util.Arrays;

/**
 * A score over time as a small area with a dotted line at the warning threshold.
 *
 * @param area under the line
 * @param line the scores
 * @param hot the stretches at or over the threshold
 * @param thresholdY pixel of the threshold
 */
public record TrendLine(String area, String line, String hot, String thresholdY) {
    private static final double HEIGHT = 36;

    /**
     * Draws scores at equal distances, oldest first; NaN where there is none.
     *
     * @param scores each in [0,1] or NaN
     */
    static TrendLine of(double[] scores) {
        Svg.Path line = new Svg.Path();
        Svg.Path hot = new Svg.Path();
        Svg.Path area = new Svg.Path();
        double lastX = 0;
        boolean open = false;
        for (int i = 0; i < scores.length; i++) {
            double x = scores.length < 2 ? 0 : i * Svg.WIDTH / (scores.length - 1);
            if (Double.isNaN(scores[i])) {
                line.lift();
                hot.lift();
                if (open) {
                    area.to(lastX, HEIGHT).close();
                }
                open = false;
                continue;
            }
            if (!open) {
                area.to(x, HEIGHT);
            }
            open = true;
            double y = y(scores[i]);
            line.to(x, y);
            area.to(x, y);
            hotTo(hot, scores, i, x, y);
            lastX = x;
        }
        if (open) {
            area.to(lastX, HEIGHT).close();
        }
        return new TrendLine(
                area.toString(), line.toString(), hot.toString(), Svg.number(y(ScoreMark.WARNING)));
    }

    private static void hotTo(Svg.Path hot, double[] scores, int i, double x, double y) {
        boolean strange = scores[i] >= ScoreMark.WARNING;
        boolean leads = i + 1 < scores.length && scores[i + 1] >= ScoreMark.WARNING;
        if (strange || leads) {
            hot.to(x, y);
        } else {
            hot.lift();
        }
    }

    private static double y(double score) {
        return HEIGHT - 1 - score * (HEIGHT - 6);
    }

    /** Whether there is any score to draw. */
    public boolean drawn() {
        return !line.isEmpty();
    }

    /** A trend without any score. */
    static TrendLine empty() {
        double[] none = new double[2];
        Arrays.fill(none, Double.NaN);
        return of(none);
    }
}
