package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Notification.Chart;
import dev.vedette.alerting.Notification.ChartPoint;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Draws a chart as a picture that every mail program shows: what was expected as a band, what was
 * measured as a line, red where it left the band. Without {@code java.awt}, which a native image
 * would have to carry along. A column of pixels is a moment; between two points the course is
 * straight, and where one is not known there is a gap.
 */
final class ChartImage {
    /** Shown at half of that, so that it is sharp on dense screens. */
    static final int WIDTH = 1120;

    static final int HEIGHT = 280;
    private static final int MARGIN = 12;
    private static final int HALF_STROKE = 2;

    private static final byte PAPER = 0;
    private static final byte BAND = 1;
    private static final byte LINE = 2;
    private static final byte OUTSIDE = 3;
    private static final int[] PALETTE = {0xFFFFFF, 0xDCE6F2, 0x1F4E79, 0xC62828};

    private final List<ChartPoint> points;
    private final double low;
    private final double high;
    private final byte[][] rows = new byte[HEIGHT][WIDTH];

    private ChartImage(List<ChartPoint> points, double low, double high) {
        this.points = points;
        this.low = low;
        this.high = high;
    }

    /** The chart as a PNG; empty when it has fewer than two points that are known. */
    static Optional<byte[]> png(Chart chart) {
        double[] known =
                chart.points().stream()
                        .flatMapToDouble(point ->
                                Arrays.stream(
                                        new double[] {point.value(), point.lower(), point.upper()}))
                        .filter(Double::isFinite)
                        .sorted()
                        .toArray();
        long values =
                chart.points().stream().filter(point -> Double.isFinite(point.value())).count();
        if (values < 2) {
            return Optional.empty();
        }
        ChartImage image = new ChartImage(chart.points(), known[0], known[known.length - 1]);
        image.draw();
        return Optional.of(Png.of(image.rows, PALETTE));
    }

    private void draw() {
        int last = Integer.MIN_VALUE;
        for (int x = MARGIN; x < WIDTH - MARGIN; x++) {
            double lower = at(x, ChartPoint::lower);
            double upper = at(x, ChartPoint::upper);
            if (Double.isFinite(lower) && Double.isFinite(upper)) {
                fill(x, row(upper), row(lower), BAND);
            }
            double value = at(x, ChartPoint::value);
            if (Double.isFinite(value)) {
                int row = row(value);
                int from = last == Integer.MIN_VALUE ? row : last;
                boolean isOutside = value < lower || value > upper;
                fill(
                        x,
                        Math.min(from, row) - HALF_STROKE,
                        Math.max(from, row) + HALF_STROKE,
                        isOutside ? OUTSIDE : LINE);
                last = row;
            } else {
                last = Integer.MIN_VALUE;
            }
        }
    }

    /** What the line of that number shows in a column. */
    private double at(int x, ToDoubleFunction<ChartPoint> number) {
        long first = points.getFirst().at().toEpochMilli();
        long span = Math.max(1, points.getLast().at().toEpochMilli() - first);
        double time = first + span * (x - MARGIN) / (double) (WIDTH - 2 * MARGIN - 1);
        int next = 1;
        while (next < points.size() - 1 && points.get(next).at().toEpochMilli() < time) {
            next++;
        }
        ChartPoint before = points.get(next - 1);
        ChartPoint after = points.get(next);
        double step = Math.max(1, after.at().toEpochMilli() - before.at().toEpochMilli());
        double share = Math.clamp((time - before.at().toEpochMilli()) / step, 0, 1);
        double from = number.applyAsDouble(before);
        return from + share * (number.applyAsDouble(after) - from);
    }

    private int row(double value) {
        double share = high > low ? (value - low) / (high - low) : 0.5;
        return HEIGHT - MARGIN - (int) Math.round(share * (HEIGHT - 2 * MARGIN));
    }

    private void fill(int x, int from, int to, byte colour) {
        for (int y = Math.max(0, from); y <= Math.min(HEIGHT - 1, to); y++) {
            if (colour != BAND || rows[y][x] == PAPER) {
                rows[y][x] = colour;
            }
        }
    }
}
