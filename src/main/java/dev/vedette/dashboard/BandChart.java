package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A series against its usual range: band, expected middle, observed line, and the strange stretch
 * hot with the area between it and the band tinted.
 *
 * @param height of the drawing, in pixels
 * @param floor pixel of the lowest value
 * @param unit once above the top tick
 * @param unitY pixel of the unit's base line
 * @param yTicks the grid
 * @param xTicks the hours
 * @param band outline of the usual range
 * @param expected its middle
 * @param tint area between the hot line and the band
 * @param observed the line
 * @param hot its strange stretch, drawn over it
 * @param gaps stretches without points
 * @param marks moments
 * @param labels what stands at the line ends
 * @param beside other lines, see {@link BesideLine}
 * @param finding one sentence for those who do not see it
 * @param rows the same numbers as a table, oldest first
 */
public record BandChart(
        int height,
        String floor,
        String unit,
        String unitY,
        List<ValueAxis.Tick> yTicks,
        List<TimeAxis.Tick> xTicks,
        String band,
        String expected,
        String tint,
        String observed,
        String hot,
        List<Span> gaps,
        List<Mark> marks,
        List<Label> labels,
        List<BesideLine> beside,
        String finding,
        List<Row> rows) {
    static final int HEIGHT = 340;
    private static final double TOP = 64;
    private static final double FLOOR = HEIGHT - 28;

    /** A stretch of the width, both percentages. */
    public record Span(String x, String width) {}

    /** A moment: a dotted line with its words; {@code side} is where the words lie. */
    public record Mark(String x, String y, String text, String side) {}

    /**
     * What stands at a line's end: a number and a word, in the class of its line; {@code more} only
     * where there is room.
     */
    public record Label(
            String y, String wordY, String number, String word, String more, String line) {}

    /** One line of the table twin; {@code beside} has a value for each other line, or nothing. */
    public record Row(
            String time, String value, String usual, ScoreMark score, List<String> beside) {}

    /** A moment worth a line, before it has a place. */
    record Moment(Instant at, String text) {}

    /**
     * What is to be drawn.
     *
     * @param points oldest first
     * @param strange the stretch to draw hot
     * @param moments lines to draw
     * @param fromZero whether the axis must start at 0
     * @param beside what is drawn beside it, on the same axes
     */
    record Subject(
            List<Judged> points,
            Optional<TimeRange> strange,
            List<Moment> moments,
            Figures figures,
            boolean fromZero,
            List<Companion> beside) {
        /** With nothing beside it. */
        Subject(
                List<Judged> points,
                Optional<TimeRange> strange,
                List<Moment> moments,
                Figures figures,
                boolean fromZero) {
            this(points, strange, moments, figures, fromZero, List.of());
        }
    }

    /** Draws it over that stretch of time. */
    static BandChart of(Subject subject, TimeAxis axis, String finding) {
        List<Judged> thinned = Thinning.thin(subject.points(), axis, Thinning.BINS);
        ValueAxis values = valueAxis(thinned, subject);
        BandLines lines =
                new BandLines(
                        axis, values, Thinning.longestPause(subject.points(), axis, Thinning.BINS));
        Figures figures = subject.figures();
        return new BandChart(
                HEIGHT,
                Svg.number(FLOOR),
                figures.unit(),
                Svg.number(TOP - 12),
                values.ticks(figures),
                axis.ticks(9),
                lines.band(thinned),
                lines.expected(thinned),
                subject.strange().map(range -> lines.tint(thinned, range)).orElse(""),
                lines.observed(thinned, Optional.empty()),
                subject.strange()
                        .map(range -> lines.observed(thinned, Optional.of(range)))
                        .orElse(""),
                lines.gaps(subject.points()),
                marks(subject.moments(), axis),
                EndLabels.of(
                        thinned,
                        values,
                        figures,
                        subject.strange().isPresent(),
                        axis.clock().language()),
                subject.beside().stream()
                        .map(one -> BesideLine.of(one, axis, values, figures))
                        .toList(),
                finding,
                TwinRows.of(subject, axis.clock()));
    }

    private static ValueAxis valueAxis(List<Judged> points, Subject subject) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Judged point : points) {
            low = Math.min(low, point.hasBand() ? point.lower() : point.value());
            low = Math.min(low, point.value());
            high = Math.max(high, point.hasBand() ? point.upper() : point.value());
            high = Math.max(high, point.value());
        }
        for (Companion other : subject.beside()) {
            for (Judged point : other.points()) {
                low = Math.min(low, point.value());
                high = Math.max(high, point.value());
            }
        }
        double divisor = subject.figures().divisor();
        return low > high
                ? ValueAxis.around(0, 1, true, TOP, FLOOR)
                : ValueAxis.around(low / divisor, high / divisor, subject.fromZero(), TOP, FLOOR)
                        .times(divisor);
    }

    // Words go to the side with more room; a mark close to the one before it goes a line lower.
    private static List<Mark> marks(List<Moment> moments, TimeAxis axis) {
        List<Mark> marks = new ArrayList<>();
        double before = -1;
        boolean lower = false;
        for (Moment moment : moments) {
            double share = axis.share(moment.at());
            if (share < 0 || share > 1) {
                continue;
            }
            lower = before >= 0 && share - before < 0.65 && !lower;
            marks.add(
                    new Mark(
                            Svg.percent(share),
                            lower ? "32" : "14",
                            moment.text(),
                            share > 0.6 ? "end" : "start"));
            before = share;
        }
        return marks;
    }
}
