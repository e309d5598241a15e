package dev.vedette.dashboard;

import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Nodes by time: one lane per node, one cell per stretch of time, coloured by the highest score in
 * it; the strangest lane first. Under the lanes, on the same columns, which share of the series was
 * anomalous and how many.
 *
 * @param xTicks the hours
 * @param overall the whole tenant
 * @param lanes the nodes
 * @param share outline of the share of anomalous series
 * @param shareLine its upper edge
 * @param shareTop what the top of that drawing means
 * @param shareNow the share in the last cell
 * @param counts bars of how many series were anomalous
 * @param countTop what the top of that drawing means
 * @param countNow how many in the last cell
 * @param cell what one cell is, in words
 * @param from start of the first cell, milliseconds since 1970-01-01T00:00Z
 * @param step length of a cell in milliseconds
 * @param columns how many cells a lane has
 */
public record SwimLanes(
        List<TimeAxis.Tick> xTicks,
        Lane overall,
        List<Lane> lanes,
        String share,
        String shareLine,
        String shareTop,
        String shareNow,
        List<Bar> counts,
        String countTop,
        String countNow,
        String cell,
        long from,
        long step,
        int columns) {
    private static final double STRIP = 36;

    /** Step of the ramp from which a glyph stands on a strong colour. */
    private static final int STRONG = 9;

    /**
     * One lane.
     *
     * @param cluster which cluster
     * @param node which node
     * @param href its page
     * @param fills the scored cells, one path per step of the ramp
     * @param gaps stretches of silence after data
     * @param glyphs marks on the strange cells
     * @param peak the highest score in the window
     * @param alarms how many anomalies began in the window
     * @param scores all scores in hundredths, joined by spaces, "-" for none
     */
    public record Lane(
            String cluster,
            String node,
            String href,
            List<Fill> fills,
            List<Gap> gaps,
            List<Glyph> glyphs,
            ScoreMark peak,
            Tally alarms,
            String scores) {}

    /** All cells of one step of the ramp, as a path on a drawing one wide per cell and one high. */
    public record Fill(int step, String path) {}

    /** Cells in a row without a score, as shares of the width. */
    public record Gap(String x, String width) {}

    /**
     * The mark on a cell: "warn" or "crit", its middle, and whether the cell is of a strong step.
     */
    public record Glyph(String name, String x, boolean strong) {}

    /** One bar of the count. */
    public record Bar(String x, String width, String y, String height) {}

    /**
     * A lane before it is drawn.
     *
     * @param scores one per cell, NaN for none
     */
    @SuppressWarnings("ArrayRecordComponent") // a row of numbers, compared nowhere
    record Row(String cluster, String node, String href, double[] scores, Tally alarms) {
        double peak() {
            double peak = 0;
            for (double score : scores) {
                peak = Double.isNaN(score) ? peak : Math.max(peak, score);
            }
            return peak;
        }
    }

    /**
     * All lanes before they are drawn.
     *
     * @param overall the whole tenant
     * @param nodes the nodes to show, strangest first
     * @param anomalous how many series were anomalous in each cell
     * @param series how many series there are in all
     */
    @SuppressWarnings("ArrayRecordComponent") // a row of numbers, compared nowhere
    record Subject(Row overall, List<Row> nodes, int[] anomalous, int series) {}

    /**
     * Draws them.
     *
     * @param range of whole cells
     */
    static SwimLanes of(Subject subject, TimeRange range, Duration step, Clock clock) {
        TimeAxis axis = new TimeAxis(range, clock);
        int columns = subject.anomalous().length;
        int most = 0;
        for (int count : subject.anomalous()) {
            most = Math.max(most, count);
        }
        double series = Math.max(1, subject.series());
        double top = Math.max(Math.min(4, series), most);
        Language language = clock.language();
        int now = lastJudged(subject.overall().scores());
        return new SwimLanes(
                axis.ticks(9),
                lane(subject.overall(), language),
                subject.nodes().stream().map(row -> lane(row, language)).toList(),
                shareArea(subject.anomalous(), top),
                shareEdge(subject.anomalous(), top),
                percent(top / series, language),
                percent(now < 0 ? 0 : subject.anomalous()[now] / series, language),
                bars(subject.anomalous(), top),
                Figures.whole((long) top),
                Figures.whole(now < 0 ? 0 : subject.anomalous()[now]),
                language.say("lanes.cell", Clock.span(step)),
                range.from().toEpochMilli(),
                step.toMillis(),
                columns);
    }

    private static int lastJudged(double[] scores) {
        int last = scores.length - 1;
        while (last >= 0 && Double.isNaN(scores[last])) {
            last--;
        }
        return last;
    }

    private static String percent(double share, Language language) {
        return language.percent(share, share < 0.1 ? 1 : 0);
    }

    private static Lane lane(Row row, Language language) {
        StringJoiner scores = new StringJoiner(" ");
        for (double score : row.scores()) {
            scores.add(Double.isNaN(score) ? "-" : Long.toString(Math.round(score * 100)));
        }
        return new Lane(
                row.cluster(),
                row.node(),
                row.href(),
                fills(row.scores()),
                gaps(row.scores()),
                glyphs(row.scores()),
                ScoreMark.of(row.peak(), language),
                row.alarms(),
                scores.toString());
    }

    // A path per step, not an element per cell: a page of lanes is many cells.
    private static List<Fill> fills(double[] scores) {
        Map<Integer, StringBuilder> paths = new TreeMap<>();
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isNaN(scores[i])) {
                paths.computeIfAbsent(ScoreMark.step(scores[i]), _ -> new StringBuilder())
                        .append('M')
                        .append(i)
                        .append(" 0h1v1h-1z");
            }
        }
        return paths.entrySet().stream()
                .map(one -> new Fill(one.getKey(), one.getValue().toString()))
                .toList();
    }

    private static List<Gap> gaps(double[] scores) {
        List<Gap> gaps = new ArrayList<>();
        double width = 1.0 / Math.max(1, scores.length);
        int first = 0;
        while (first < scores.length && Double.isNaN(scores[first])) {
            first++;
        }
        while (first < scores.length) {
            int end = first;
            while (end < scores.length && Double.isNaN(scores[end])) {
                end++;
            }
            // the last cell may not be there yet
            int last = Math.min(end, scores.length - 1);
            if (last > first) {
                gaps.add(new Gap(Svg.percent(first * width), Svg.percent((last - first) * width)));
            }
            first = end + 1;
        }
        return gaps;
    }

    private static List<Glyph> glyphs(double[] scores) {
        List<Glyph> glyphs = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= ScoreMark.WARNING) {
                glyphs.add(
                        new Glyph(
                                ScoreMark.state(scores[i]),
                                Svg.percent((i + 0.5) / scores.length),
                                ScoreMark.step(scores[i]) >= STRONG));
            }
        }
        return glyphs;
    }

    private static String shareEdge(int[] counts, double top) {
        Svg.Path path = new Svg.Path();
        for (int i = 0; i < counts.length; i++) {
            path.to((i + 0.5) * Svg.WIDTH / counts.length, y(counts[i], top));
        }
        return path.toString();
    }

    private static String shareArea(int[] counts, double top) {
        Svg.Path path = new Svg.Path();
        if (counts.length == 0) {
            return "";
        }
        path.to(0.5 * Svg.WIDTH / counts.length, STRIP);
        for (int i = 0; i < counts.length; i++) {
            path.to((i + 0.5) * Svg.WIDTH / counts.length, y(counts[i], top));
        }
        return path.to((counts.length - 0.5) * Svg.WIDTH / counts.length, STRIP).close().toString();
    }

    private static double y(int count, double top) {
        return STRIP - count / top * (STRIP - 3);
    }

    private static List<Bar> bars(int[] counts, double top) {
        List<Bar> bars = new ArrayList<>();
        double width = 1.0 / Math.max(1, counts.length);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                double y = y(counts[i], top);
                bars.add(
                        new Bar(
                                Svg.percent(i * width),
                                Svg.percent(width),
                                Svg.number(y),
                                Svg.number(STRIP - y)));
            }
        }
        return bars;
    }
}
