package dev.vedette.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WindowExtractorTest {
    private static final SeriesKey KEY =
            new SeriesKey(new TenantId("acme"), "eu", "api-01", "cpu_usage", Labels.NONE);

    private static MetricSeries at(long... millis) {
        return new MetricSeries(KEY, millis, new double[millis.length], Map.of());
    }

    private static MetricSeries everySecond(int count) {
        return at(LongStream.range(0, count).map(i -> i * 1000).toArray());
    }

    private static String shape(List<Window> windows) {
        StringBuilder text = new StringBuilder();
        for (Window window : windows) {
            text.append(window.from()).append('-').append(window.to());
            text.append(window.partial() ? "* " : " ");
        }
        return text.toString().strip();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "10, 4, 2, 0-4 2-6 4-8 6-10",
                "10, 4, 3, 0-4 3-7 6-10",
                "11, 4, 3, 0-4 3-7 6-10 9-11*",
                "10, 5, 5, 0-5 5-10",
                "12, 5, 5, 0-5 5-10 10-12*",
                "3, 5, 1, 0-3*",
                "5, 5, 1, 0-5",
                "10, 2, 4, 0-2 4-6 8-10",
                "9, 2, 4, 0-2 4-6 8-9*",
                "7, 2, 4, 0-2 4-6",
                "8, 2, 2147483647, 0-2",
                "3, 2147483647, 1, 0-3*",
                "0, 5, 5, none",
            })
    void slidingWindowsByPoints(int size, int points, int stride, String expected) {
        assertEquals(
                expected == null ? "" : expected,
                shape(new SlidingWindowExtractor(points, stride).extract(everySecond(size))));
    }

    @Test
    void slidingWindowIsAViewWithItsRange() {
        MetricSeries series = everySecond(6);
        Window window = new SlidingWindowExtractor(3, 2).extract(series).get(1);
        assertEquals(series.slice(2, 5), window.points());
        assertEquals(3, window.size());
        assertEquals(Instant.ofEpochMilli(2000), window.range().from());
        assertEquals(Instant.ofEpochMilli(4001), window.range().to());
    }

    private static String byTime(long duration, long stride, long... millis) {
        return shape(
                new TimeBasedWindowExtractor(Duration.ofMillis(duration), Duration.ofMillis(stride))
                        .extract(at(millis)));
    }

    @Test
    void windowsByTimeStartAtMultiplesOfTheStride() {
        // [0,10) whole: a point at 12 proves it is over; [10,20) is cut by the end
        assertEquals("0-2 2-3*", byTime(10, 10, 0, 9, 12));
        // the series begins inside [0,10)
        assertEquals("0-2* 2-3*", byTime(10, 10, 3, 9, 12));
        // a last point right on the end makes the window before it whole
        assertEquals("0-2 2-3*", byTime(10, 10, 0, 9, 10));
        assertEquals("0-1*", byTime(10, 10, -5));
    }

    @Test
    void windowsByTimeOverlapWhenTheStrideIsShorter() {
        // [0,10) [5,15) [10,20) and then [15,25), the only one with the point at 20
        assertEquals("0-2 1-3 2-4 3-5*", byTime(10, 5, 0, 5, 10, 15, 20));
    }

    @Test
    void windowsByTimeSkipPointsBetweenThemWhenTheStrideIsLonger() {
        // [0,5) [10,15) [20,25): 7 and 17 belong to none
        assertEquals("0-1 2-3 4-5*", byTime(5, 10, 0, 7, 12, 17, 20));
        assertEquals("1-2*", byTime(5, 10, 7, 12));
        assertEquals("", byTime(5, 10, 7));
    }

    @Test
    void gapGivesNoEmptyWindows() {
        long year = Duration.ofDays(365).toMillis();
        assertEquals("0-1 1-2*", byTime(10, 10, 0, year));
        assertEquals("0-1 1-2*", byTime(10, 1, 0, year));
        assertEquals("", byTime(10, 10));
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SlidingWindowExtractor(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new SlidingWindowExtractor(1, 0));
        assertThrows(IllegalArgumentException.class, () -> byTime(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> byTime(1, -1, 0));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new TimeBasedWindowExtractor(
                                Duration.ofNanos(1_500_000), Duration.ofDays(1)));
        MetricSeries series = everySecond(3);
        TimeRange range = new TimeRange(Instant.EPOCH, Instant.EPOCH);
        assertThrows(IllegalArgumentException.class, () -> new Window(series, -1, 1, range, false));
        assertThrows(IllegalArgumentException.class, () -> new Window(series, 1, 1, range, false));
        assertThrows(IllegalArgumentException.class, () -> new Window(series, 1, 4, range, false));
    }

    static LongStream seeds() {
        return LongStream.concat(LongStream.rangeClosed(1, 50), LongStream.of(Seeds.explored()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyPointIsInAWindowUnlessTheStrideSkipsIt(long seed) {
        Random random = new Random(seed);
        long[] millis =
                random.longs(1 + random.nextInt(200), -1000, 20_000).sorted().distinct().toArray();
        MetricSeries series = at(millis);
        int size = 1 + random.nextInt(300);
        int stride = 1 + random.nextInt(size);
        covers(series, new SlidingWindowExtractor(size, stride).extract(series));
        List<Window> byTime =
                new TimeBasedWindowExtractor(Duration.ofMillis(size), Duration.ofMillis(stride))
                        .extract(series);
        covers(series, byTime);
        for (Window window : byTime) {
            for (int i = 0; i < series.size(); i++) {
                assertEquals(
                        window.range().contains(Instant.ofEpochMilli(millis[i])),
                        i >= window.from() && i < window.to());
            }
        }
    }

    private static void covers(MetricSeries series, List<Window> windows) {
        BitSet seen = new BitSet();
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            seen.set(window.from(), window.to());
            if (i > 0) {
                assertTrue(windows.get(i - 1).range().from().isBefore(window.range().from()));
                assertFalse(window.partial() && i < windows.size() - 1);
            }
        }
        assertEquals(series.size(), seen.cardinality());
    }
}
