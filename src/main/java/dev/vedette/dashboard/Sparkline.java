package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.util.List;
import java.util.Optional;

/**
 * A line without axes, with its usual range behind it and a dot at its end where that is strange.
 *
 * @param viewWidth width of the drawing's own units
 * @param viewHeight height of the same
 * @param band outline of the usual range
 * @param line the observed line
 * @param hot its strange stretch
 * @param dotX where the dot stands; empty when the end is not strange
 * @param dotY the same
 */
public record Sparkline(
        int viewWidth,
        int viewHeight,
        String band,
        String line,
        String hot,
        String dotX,
        String dotY) {
    private static final double EDGE = 4;

    /** A line that no scale is shared with. */
    static Sparkline of(
            List<Judged> points,
            Optional<TimeRange> strange,
            TimeAxis axis,
            int width,
            int height) {
        return of(points, strange, axis, width, height, bounds(points));
    }

    /**
     * A line on a scale that others share.
     *
     * @param bounds lowest and highest value of the scale
     */
    static Sparkline of(
            List<Judged> points,
            Optional<TimeRange> strange,
            TimeAxis axis,
            int width,
            int height,
            double[] bounds) {
        List<Judged> thinned = Thinning.thin(points, axis, width / 3);
        double span = Math.max(bounds[1] - bounds[0], 1e-9);
        ValueAxis values = new ValueAxis(bounds[0], bounds[0] + span, EDGE, height - EDGE, span);
        BandLines lines =
                new BandLines(axis, values, Thinning.longestPause(points, axis, width / 3));
        Optional<Judged> end =
                strange.filter(range ->
                                !thinned.isEmpty()
                                        && thinned.getLast().at() <= range.to().toEpochMilli())
                        .map(range -> thinned.getLast());
        return new Sparkline(
                width,
                height,
                lines.band(thinned),
                lines.observed(thinned, Optional.empty()),
                strange.map(range -> lines.observed(thinned, Optional.of(range))).orElse(""),
                end.map(p -> Svg.percent(axis.share(p.at()))).orElse(""),
                end.map(p -> Svg.number(values.y(p.value()))).orElse(""));
    }

    /** Lowest and highest of the values and their usual ranges; 0 and 1 when there is none. */
    static double[] bounds(List<Judged> points) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Judged point : points) {
            low = Math.min(low, point.value());
            high = Math.max(high, point.value());
            if (point.hasBand()) {
                low = Math.min(low, point.lower());
                high = Math.max(high, point.upper());
            }
        }
        return low <= high ? new double[] {low, high} : new double[] {0, 1};
    }

    /** Whether there is something to draw. */
    public boolean drawn() {
        return !line.isEmpty();
    }
}
