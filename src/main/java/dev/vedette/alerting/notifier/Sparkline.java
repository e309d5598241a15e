package dev.vedette.alerting.notifier;

import dev.vedette.alerting.Notification;
import java.util.Arrays;
import java.util.Optional;

/**
 * A chart of one line of text, for channels that show no picture of ours.
 *
 * @param title what it shows
 * @param bars one character for each stretch of time, oldest first
 */
record Sparkline(String title, String bars) {
    private static final String HEIGHTS = "▁▂▃▄▅▆▇█";
    private static final int WIDTH = 40;

    /** The chart's values; empty when it has none. The highest value of a stretch is what shows. */
    static Optional<Sparkline> of(Notification.Chart chart) {
        double[] heights = highest(chart);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double height : heights) {
            if (Double.isFinite(height)) {
                low = Math.min(low, height);
                high = Math.max(high, height);
            }
        }
        if (low > high) {
            return Optional.empty();
        }
        StringBuilder bars = new StringBuilder(heights.length);
        for (double height : heights) {
            bars.append(Double.isFinite(height) ? bar((height - low) / (high - low)) : ' ');
        }
        return Optional.of(new Sparkline(chart.title(), bars.toString()));
    }

    // Not a number when all values are equal: the lowest bar.
    private static char bar(double share) {
        int height = (int) Math.round(share * (HEIGHTS.length() - 1));
        return HEIGHTS.charAt(Math.clamp(height, 0, HEIGHTS.length() - 1));
    }

    private static double[] highest(Notification.Chart chart) {
        int points = chart.points().size();
        double[] highest = new double[Math.min(points, WIDTH)];
        Arrays.fill(highest, Double.NaN);
        for (int i = 0; i < points; i++) {
            int at = (int) ((long) i * highest.length / points);
            double value = chart.points().get(i).value();
            if (Double.isFinite(value) && !(highest[at] >= value)) {
                highest[at] = value;
            }
        }
        return highest;
    }
}
