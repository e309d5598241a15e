package dev.vedette.dashboard;

import java.util.List;

/** The words at the ends of a band chart's lines, kept 34 pixels apart. */
final class EndLabels {
    private static final double APART = 34;

    private EndLabels() {}

    /**
     * The last value and the last usual range.
     *
     * @param points oldest first
     * @param language of the words
     * @param hot whether the last value stands in the colour of the strange stretch
     */
    static List<BandChart.Label> of(
            List<Judged> points,
            ValueAxis values,
            Figures figures,
            boolean hot,
            Language language) {
        if (points.isEmpty()) {
            return List.of();
        }
        Judged last = points.getLast();
        boolean outside =
                last.hasBand() && (last.value() > last.upper() || last.value() < last.lower());
        double y = values.y(last.value());
        String line = hot && outside ? "hot" : "obs";
        if (!last.hasBand()) {
            return List.of(
                    label(
                            y,
                            figures.number(last.value()),
                            language.say("chart.observed"),
                            " " + language.say("chart.now"),
                            line));
        }
        double usual = values.y(last.expected());
        double gap = APART - Math.abs(usual - y);
        if (gap > 0) {
            boolean above = y <= usual;
            y += above ? -gap / 2 : gap / 2;
            usual += above ? gap / 2 : -gap / 2;
        }
        // Both stay on the drawing, the word under the lower number included.
        double overhang = Math.max(0, Math.max(y, usual) + 14 - (BandChart.HEIGHT - 24));
        return List.of(
                label(
                        y - overhang,
                        figures.number(last.value()),
                        language.say("chart.observed"),
                        " " + language.say("chart.now"),
                        line),
                label(
                        usual - overhang,
                        figures.bareRange(last.lower(), last.upper()),
                        language.say("chart.usual"),
                        ", " + language.say("chart.middle", figures.number(last.expected())),
                        "exp"));
    }

    private static BandChart.Label label(
            double y, String number, String word, String more, String line) {
        return new BandChart.Label(Svg.number(y), Svg.number(y + 15), number, word, more, line);
    }
}
