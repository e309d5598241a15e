package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The paths of a band chart, in units of {@link Svg#WIDTH} by pixels.
 *
 * @param axis places moments
 * @param values places values
 * @param longestPause longest distance of two points that are still joined, in milliseconds
 */
record BandLines(TimeAxis axis, ValueAxis values, long longestPause) {
    private double x(Judged point) {
        return axis.share(point.at()) * Svg.WIDTH;
    }

    private boolean broken(List<Judged> points, int index) {
        return index > 0 && points.get(index).at() - points.get(index - 1).at() > longestPause;
    }

    /** The observed line, broken at gaps; only that stretch of it when one is given. */
    String observed(List<Judged> points, Optional<TimeRange> stretch) {
        Svg.Path path = new Svg.Path();
        for (int i = 0; i < points.size(); i++) {
            Judged point = points.get(i);
            if (stretch.isPresent() && !inside(point, stretch.get())) {
                path.lift();
                continue;
            }
            if (broken(points, i)) {
                path.lift();
            }
            path.to(x(point), values.y(point.value()));
        }
        return path.toString();
    }

    // The end of an anomaly is its last strange point and belongs to it.
    private static boolean inside(Judged point, TimeRange stretch) {
        return point.at() >= stretch.from().toEpochMilli()
                && point.at() <= stretch.to().toEpochMilli();
    }

    /** The middle of the usual range. */
    String expected(List<Judged> points) {
        Svg.Path path = new Svg.Path();
        for (int i = 0; i < points.size(); i++) {
            Judged point = points.get(i);
            if (broken(points, i) || !point.hasBand()) {
                path.lift();
            }
            if (point.hasBand()) {
                path.to(x(point), values.y(point.expected()));
            }
        }
        return path.toString();
    }

    /** The outline of the usual range, one shape per unbroken run. */
    String band(List<Judged> points) {
        Svg.Path path = new Svg.Path();
        int start = 0;
        while (start < points.size()) {
            int end = start;
            while (end < points.size()
                    && points.get(end).hasBand()
                    && (end == start || !broken(points, end))) {
                end++;
            }
            for (int i = start; i < end; i++) {
                path.to(x(points.get(i)), values.y(points.get(i).upper()));
            }
            for (int i = end - 1; i >= start; i--) {
                path.to(x(points.get(i)), values.y(points.get(i).lower()));
            }
            path.close();
            start = Math.max(end, start + 1);
        }
        return path.toString();
    }

    /** The area between the line and the nearer end of its usual range, in that stretch. */
    String tint(List<Judged> points, TimeRange stretch) {
        List<Judged> strange =
                points.stream().filter(p -> p.hasBand() && inside(p, stretch)).toList();
        Svg.Path path = new Svg.Path();
        for (Judged point : strange) {
            path.to(x(point), values.y(point.value()));
        }
        for (Judged point : strange.reversed()) {
            path.to(x(point), values.y(Math.clamp(point.value(), point.lower(), point.upper())));
        }
        return path.close().toString();
    }

    /** The stretches between points further apart than the longest pause. */
    List<BandChart.Span> gaps(List<Judged> points) {
        List<BandChart.Span> gaps = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            if (broken(points, i)) {
                double from = axis.share(points.get(i - 1).at());
                double to = axis.share(points.get(i).at());
                gaps.add(new BandChart.Span(Svg.percent(from), Svg.percent(to - from)));
            }
        }
        return gaps;
    }
}
