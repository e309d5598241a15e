package dev.vedette.dashboard;

import dev.vedette.transaction.scoring.TransactionTrends;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * How payments went in the window, as small columns.
 *
 * @param volume how many there were, in words
 * @param span the window in words
 * @param volumes how many in each step
 * @param flagged how large a share was not simply approved, in words
 * @param shares that share in each step
 * @param scores how many in each tenth of the score
 * @param rules which rules fired how often, the busiest first
 */
public record PaymentCharts(
        String volume,
        String span,
        Columns volumes,
        String flagged,
        Columns shares,
        Columns scores,
        List<Hit> rules) {
    /** Steps of the window. */
    static final int STEPS = 48;

    private static final double HEIGHT = 60;

    /** A rule that fired. */
    public record Hit(String name, String href, String mode, String count) {}

    /**
     * Columns beside each other.
     *
     * @param words what they say, for who cannot see them
     */
    public record Columns(String words, List<Column> columns) {
        private static Columns of(String words, double[] values, IntFunction<String> title) {
            double most = 0;
            for (double value : values) {
                most = Math.max(most, value);
            }
            List<Column> columns = new ArrayList<>();
            double width = Svg.WIDTH / values.length;
            for (int i = 0; i < values.length; i++) {
                double height = most == 0 ? 0 : values[i] / most * HEIGHT;
                columns.add(
                        new Column(
                                Svg.number(i * width),
                                Svg.number(HEIGHT - height),
                                Svg.number(width * 0.8),
                                Svg.number(height),
                                title.apply(i)));
            }
            return new Columns(words, columns);
        }
    }

    /** One column, in the drawing's own units. */
    public record Column(String x, String y, String width, String height, String title) {}

    /** The charts of a window; none when nothing was decided in it. */
    static Optional<PaymentCharts> of(TransactionTrends.Trend trend, Visit visit) {
        long all = 0;
        long flagged = 0;
        double[] volumes = new double[STEPS];
        double[] shares = new double[STEPS];
        for (TransactionTrends.Step step : trend.steps()) {
            all += step.payments();
            flagged += step.flagged();
            volumes[step.index()] = step.payments();
            shares[step.index()] = (double) step.flagged() / step.payments();
        }
        if (all == 0) {
            return Optional.empty();
        }
        Language language = visit.language();
        String volume =
                language.say(
                        trend.isComplete() ? "payments.volume" : "payments.newest",
                        all,
                        Figures.whole(all));
        String share = language.percent((double) flagged / all, 1);
        double[] scores = new double[trend.tenths().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = trend.tenths()[i];
        }
        return Optional.of(
                new PaymentCharts(
                        Words.sentence(volume),
                        language.say("payments.in." + visit.window().length().code()),
                        Columns.of(
                                language.say("payments.overTime", volume),
                                volumes,
                                i -> at(visit, i) + ": " + Figures.whole((long) volumes[i])),
                        share,
                        Columns.of(
                                language.say("payments.flagged", share),
                                shares,
                                i -> at(visit, i) + ": " + language.percent(shares[i], 1)),
                        Columns.of(
                                language.say("payments.scores"),
                                scores,
                                i ->
                                        language.say(
                                                "payments.from",
                                                new Figures(1, 1, "").in(language).number(i / 10.0),
                                                Figures.whole((long) scores[i]))),
                        trend.rules().stream()
                                .map(one ->
                                        new Hit(
                                                one.name(),
                                                Links.rule(one.name()),
                                                one.mode().equals("shadow")
                                                        ? language.say("rule.inShadow")
                                                        : "",
                                                Figures.whole(one.count())))
                                .toList()));
    }

    private static String at(Visit visit, int step) {
        Instant from = visit.window().range().from();
        return visit.clock()
                .at(
                        from.plus(
                                visit.window()
                                        .range()
                                        .duration()
                                        .multipliedBy(step)
                                        .dividedBy(STEPS)));
    }
}
