package dev.vedette.series;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of a fixed length of time, however many points that holds. They start at whole multiples
 * of the stride since 1970-01-01T00:00Z, so the same point falls into the same windows wherever the
 * series was cut: at full minutes for a stride of a minute. The first is the one that starts last
 * at or before the first point. A window in a gap of the series holds no point and is left out; one
 * with a gap inside is whole. A window is partial when the first point of the series comes after
 * its start and it is the first, or when the series has no point at or after its end.
 *
 * <p>Cost O(points + windows), also across long gaps.
 *
 * @param duration how long a window is, at least one millisecond, in whole milliseconds
 * @param stride how much time lies between the starts of two windows, the same; below {@code
 *     duration} they overlap
 */
public record TimeBasedWindowExtractor(Duration duration, Duration stride)
        implements WindowExtractor {
    /**
     * Validates the durations.
     *
     * @throws IllegalArgumentException when one is below a millisecond or no whole number of them;
     *     the message holds it
     */
    public TimeBasedWindowExtractor {
        requireWholeMillis("window duration", duration);
        requireWholeMillis("window stride", stride);
    }

    @Override
    public List<Window> extract(MetricSeries series) {
        List<Window> windows = new ArrayList<>();
        if (series.size() == 0) {
            return windows;
        }
        long first = series.epochMillis(0);
        long last = series.epochMillis(series.size() - 1);
        long step = stride.toMillis();
        long start = Math.floorDiv(first, step) * step;
        int from = 0;
        int to = 0;
        while (start <= last) {
            long end = start + duration.toMillis();
            from = firstAtOrAfter(series, start, from);
            to = firstAtOrAfter(series, end, Math.max(from, to));
            if (to > from) {
                windows.add(window(series, from, to, start, end));
                if (end > last) {
                    break;
                }
                start += step;
            } else {
                start = startReaching(series.epochMillis(from), start);
            }
        }
        return windows;
    }

    /** The next start after that one whose window may hold the point, skipping a gap at once. */
    private long startReaching(long point, long start) {
        long step = stride.toMillis();
        long reaching = (Math.floorDiv(point - duration.toMillis(), step) + 1) * step;
        return Math.max(start + step, reaching);
    }

    private static int firstAtOrAfter(MetricSeries series, long epochMillis, int from) {
        int index = from;
        while (index < series.size() && series.epochMillis(index) < epochMillis) {
            index++;
        }
        return index;
    }

    private static Window window(MetricSeries series, int from, int to, long start, long end) {
        boolean partial =
                start < series.epochMillis(0) || series.epochMillis(series.size() - 1) < end;
        return new Window(
                series,
                from,
                to,
                new TimeRange(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end)),
                partial);
    }

    private static void requireWholeMillis(String what, Duration duration) {
        if (duration.compareTo(Duration.ofMillis(1)) < 0
                || !duration.equals(Duration.ofMillis(duration.toMillis()))) {
            throw new IllegalArgumentException(
                    what + " must be whole milliseconds, at least one, is " + duration);
        }
    }
}
