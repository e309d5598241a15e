package dev.vedette.series;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of a fixed number of points, whatever the time between them: a gap in the series is not
 * seen. The first starts at the first point, each next one {@code stride} points later. A window's
 * range runs from its first point to one millisecond after its last.
 *
 * @param points how many points a whole window has, at least 1
 * @param stride how many points lie between the starts of two windows, at least 1; below {@code
 *     points} they overlap
 */
public record SlidingWindowExtractor(int points, int stride) implements WindowExtractor {
    /**
     * Validates the numbers.
     *
     * @throws IllegalArgumentException when one is below 1; the message holds it
     */
    public SlidingWindowExtractor {
        if (points < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "window size and stride must be at least 1 point, are "
                            + points
                            + " and "
                            + stride);
        }
    }

    @Override
    public List<Window> extract(MetricSeries series) {
        List<Window> windows = new ArrayList<>();
        int size = series.size();
        long end = 0;
        // In long: a start beyond the largest int must not come back as a negative one.
        for (long start = 0; start < size && end < size; start += stride) {
            end = start + points;
            windows.add(window(series, (int) start, (int) Math.min(end, size), end > size));
        }
        return windows;
    }

    private static Window window(MetricSeries series, int from, int to, boolean partial) {
        TimeRange range =
                new TimeRange(
                        Instant.ofEpochMilli(series.epochMillis(from)),
                        Instant.ofEpochMilli(series.epochMillis(to - 1) + 1));
        return new Window(series, from, to, range, partial);
    }
}
