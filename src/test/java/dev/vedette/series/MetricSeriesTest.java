package dev.vedette.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricSeriesTest {
    private static final SeriesKey KEY =
            new SeriesKey(new TenantId("acme"), "eu", "api-01", "cpu_usage", Labels.NONE);

    private static MetricSeries series(long[] millis, double[] values) {
        return new MetricSeries(KEY, millis, values, Map.of("unit", "percent"));
    }

    private static void assertRefused(String part, Executable call) {
        String message =
                Objects.toString(assertThrows(IllegalArgumentException.class, call).getMessage());
        assertTrue(message.contains(part), message);
    }

    @Test
    void arraysAreCopiedInAndOut() {
        long[] millis = {1, 2, 3};
        double[] values = {10, 20, 30};
        MetricSeries series = series(millis, values);
        millis[0] = 99;
        values[0] = 99;
        series.epochMillis()[1] = 99;
        series.values()[1] = 99;
        assertArrayEquals(new long[] {1, 2, 3}, series.epochMillis());
        assertArrayEquals(new double[] {10, 20, 30}, series.values());
        assertEquals(2, series.epochMillis(1));
        assertEquals(20, series.value(1));
        assertEquals(Map.of("unit", "percent"), series.metadata());
    }

    @Test
    void sliceIsASeriesOfItsOwn() {
        MetricSeries whole = series(new long[] {1, 2, 3}, new double[] {10, 20, 30});
        assertEquals(series(new long[] {2, 3}, new double[] {20, 30}), whole.slice(1, 3));
        assertEquals(0, whole.slice(1, 1).size());
    }

    @Test
    void equalityIsByContent() {
        MetricSeries one = series(new long[] {1, 2}, new double[] {10, 20});
        assertEquals(one, series(new long[] {1, 2}, new double[] {10, 20}));
        assertEquals(one.hashCode(), series(new long[] {1, 2}, new double[] {10, 20}).hashCode());
        assertNotEquals(one, series(new long[] {1, 3}, new double[] {10, 20}));
        assertNotEquals(one, series(new long[] {1, 2}, new double[] {10, 21}));
        assertNotEquals(
                one, new MetricSeries(KEY, new long[] {1, 2}, new double[] {10, 20}, Map.of()));
        assertNotEquals(one, new Object());
        assertTrue(one.toString().contains("2 points"));
    }

    @Test
    void whatIsNoSeriesIsRefusedWithIndexAndValue() {
        assertRefused("are 2 and 1", () -> series(new long[] {1, 2}, new double[] {1}));
        assertRefused(
                "NaN at index 1", () -> series(new long[] {1, 2}, new double[] {1, Double.NaN}));
        assertRefused("2 at index 1", () -> series(new long[] {2, 2}, new double[] {1, 1}));
        assertRefused("1 at index 1", () -> series(new long[] {2, 1}, new double[] {1, 1}));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void pointMustBeFinite(double value) {
        assertRefused("" + value, () -> new MetricPoint(Instant.EPOCH, value));
        assertEquals(1.5, new MetricPoint(Instant.EPOCH, 1.5).value());
    }

    @Test
    void batchIsAlignedColumns() {
        PointBatch batch =
                new PointBatch(
                        new long[] {7, 8},
                        new int[] {2, 3},
                        new long[] {1, 2, 1},
                        new double[] {10, 20, Double.NaN});
        assertEquals(3, batch.size());
        assertEquals(2, batch.runs());
        assertEquals(0, batch.runStart(0));
        assertEquals(2, batch.runStart(1));
        assertEquals(0, PointBatch.EMPTY.size());
        assertEquals("PointBatch[2 runs, 3 points]", batch.toString());
        long[] id = {7};
        int[] end = {1};
        long[] time = {1};
        double[] value = {1};
        PointBatch one = new PointBatch(id, end, time, value);
        assertEquals(one, new PointBatch(id.clone(), end.clone(), time.clone(), value.clone()));
        assertEquals(one.hashCode(), new PointBatch(id, end, time, value).hashCode());
        assertNotEquals(one, new PointBatch(new long[] {8}, end, time, value));
        assertNotEquals(one, new PointBatch(id, end, new long[] {2}, value));
        assertNotEquals(one, new PointBatch(id, end, time, new double[] {2}));
        assertNotEquals(one, PointBatch.EMPTY);
        assertNotEquals(one, new Object());
        assertRefused("aligned", () -> new PointBatch(id, new int[0], time, value));
        assertRefused("aligned", () -> new PointBatch(id, end, new long[2], value));
        assertRefused("aligned", () -> new PointBatch(id, end, time, new double[2]));
    }
}
