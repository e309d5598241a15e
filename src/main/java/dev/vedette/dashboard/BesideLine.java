package dev.vedette.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One more line of a chart, beside that of its series. It is told from the others by dashes, and
 * siblings by shapes on the line, too; colour only helps.
 *
 * @param style class of its line and name of its shape: {@code week}, or {@code s1} to {@code s4}
 * @param name what it is called
 * @param href its own page; empty when it is of the same series
 * @param path the line
 * @param dots where its shape stands; none on {@code week}
 * @param last its last value with its unit; says so in words where there is none
 */
public record BesideLine(
        String style, String name, String href, String path, List<Dot> dots, String last) {
    private static final int DOTS = 6;

    /** Where a shape stands: a percentage of the width, and pixels. */
    public record Dot(String x, String y) {}

    static BesideLine of(Companion companion, TimeAxis axis, ValueAxis values, Figures figures) {
        List<Judged> points = companion.points();
        BandLines lines =
                new BandLines(axis, values, Thinning.longestPause(points, axis, Thinning.BINS));
        Language language = axis.clock().language();
        return new BesideLine(
                companion.style(),
                companion.name(),
                companion.href(),
                lines.observed(Thinning.thin(points, axis, Thinning.BINS), Optional.empty()),
                companion.style().equals("week") ? List.of() : dots(points, axis, values),
                points.isEmpty()
                        ? language.say("beside.nothing")
                        : figures.withUnit(points.getLast().value()));
    }

    private static List<Dot> dots(List<Judged> points, TimeAxis axis, ValueAxis values) {
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < DOTS; i++) {
            double wanted = (i + 0.5) / DOTS;
            points.stream()
                    .filter(point -> axis.share(point.at()) >= wanted)
                    .findFirst()
                    .filter(point -> axis.share(point.at()) < wanted + 1.0 / DOTS)
                    .ifPresent(point ->
                            dots.add(
                                    new Dot(
                                            Svg.percent(axis.share(point.at())),
                                            Svg.number(values.y(point.value())))));
        }
        return dots;
    }
}
