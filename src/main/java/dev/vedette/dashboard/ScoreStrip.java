package dev.vedette.dashboard;

import java.util.ArrayList;
import java.util.List;

/**
 * The score of a series under its band chart, on the same columns.
 *
 * @param area under the line
 * @param line the score
 * @param hotArea under the stretches at or over the threshold
 * @param hotLine those stretches
 * @param thresholdY pixel of the threshold
 * @param threshold the threshold as text
 * @param finding one sentence for those who do not see it
 */
public record ScoreStrip(
        String area,
        String line,
        String hotArea,
        String hotLine,
        String thresholdY,
        String threshold,
        String finding) {
    private static final double TOP = 10;
    private static final double FLOOR = 82;

    /** Draws the scores of those points, oldest first. */
    static ScoreStrip of(List<Judged> points, TimeAxis axis, double threshold) {
        List<Judged> scores = Thinning.thin(byScore(points), axis, Thinning.BINS);
        Svg.Path line = new Svg.Path();
        Svg.Path area = new Svg.Path();
        Svg.Path hotLine = new Svg.Path();
        Svg.Path hotArea = new Svg.Path();
        double peak = 0;
        stroke(scores, axis, line, area, Double.NEGATIVE_INFINITY);
        stroke(scores, axis, hotLine, hotArea, threshold);
        for (Judged score : scores) {
            peak = Math.max(peak, score.score());
        }
        Language language = axis.clock().language();
        String finding =
                language.say(
                        peak >= threshold ? "strip.passes" : "strip.under",
                        language.score(threshold),
                        language.score(peak));
        return new ScoreStrip(
                area.toString(),
                line.toString(),
                hotArea.toString(),
                hotLine.toString(),
                Svg.number(y(threshold)),
                language.score(threshold),
                finding);
    }

    private static double y(double score) {
        return FLOOR - score * (FLOOR - TOP);
    }

    // Thinning keeps extremes of the value; here the value is the score.
    private static List<Judged> byScore(List<Judged> points) {
        List<Judged> scores = new ArrayList<>(points.size());
        for (Judged p : points) {
            scores.add(
                    new Judged(p.at(), p.score(), p.expected(), p.lower(), p.upper(), p.score()));
        }
        return scores;
    }

    private static void stroke(
            List<Judged> scores, TimeAxis axis, Svg.Path line, Svg.Path area, double least) {
        int start = 0;
        while (start < scores.size()) {
            int end = start;
            while (end < scores.size() && scores.get(end).score() >= least) {
                end++;
            }
            if (end > start) {
                run(scores.subList(start, end), axis, line, area);
            }
            start = Math.max(end, start + 1);
        }
    }

    private static void run(List<Judged> run, TimeAxis axis, Svg.Path line, Svg.Path area) {
        double first = axis.share(run.getFirst().at()) * Svg.WIDTH;
        double last = axis.share(run.getLast().at()) * Svg.WIDTH;
        line.lift();
        area.to(first, FLOOR);
        for (Judged score : run) {
            double x = axis.share(score.at()) * Svg.WIDTH;
            line.to(x, y(score.score()));
            area.to(x, y(score.score()));
        }
        area.to(last, FLOOR).close();
    }
}
