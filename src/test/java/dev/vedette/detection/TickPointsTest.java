package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.series.PointBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a map of maps, into which the rows are read in their order. */
class TickPointsTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void pointsStandBySeriesAndTimeAndOfEqualTimesTheOneReadLastWins(long seed) {
        Random random = new Random(seed);
        List<LogRow> rows = new ArrayList<>();
        Map<Long, SortedMap<Long, Double>> expected = new TreeMap<>();
        Map<Long, Integer> sent = new TreeMap<>();
        for (int row = random.nextInt(6); row > 0; row--) {
            PointBatch batch = batch(random, 1 + random.nextInt(30));
            rows.add(row(batch, random.nextInt(100)));
            for (int run = 0; run < batch.runs(); run++) {
                long id = batch.seriesIds()[run];
                for (int i = batch.runStart(run); i < batch.runEnds()[run]; i++) {
                    expected.computeIfAbsent(id, _ -> new TreeMap<>())
                            .put(batch.epochMillis()[i], batch.values()[i]);
                    sent.merge(id, 1, Integer::sum);
                }
            }
        }

        TickPoints points = TickPoints.of(rows);

        assertEquals(expected.size(), points.series());
        int place = 0;
        for (Map.Entry<Long, SortedMap<Long, Double>> one : expected.entrySet()) {
            long id = one.getKey();
            SortedMap<Long, Double> column = one.getValue();
            assertEquals(id, points.id(place));
            assertEquals(place, points.place(id));
            assertEquals(column.firstKey(), points.first(place));
            assertEquals(sent.getOrDefault(id, 0) - column.size(), points.repeated(place));
            assertEquals(column.size(), points.size(place));
            int at = 0;
            for (Map.Entry<Long, Double> point : column.entrySet()) {
                assertEquals(point.getKey(), points.epochMillis(place, at));
                assertEquals(point.getValue(), points.value(place, at++));
            }
            place++;
        }
        assertTrue(points.place(1_000) < 0);
        long appended =
                rows.stream()
                        .mapToLong(row -> row.committedAt().toEpochMilli())
                        .max()
                        .orElse(Long.MIN_VALUE);
        assertEquals(appended, points.appended());
    }

    /** Half of the batches name series in ascending order, as senders do; times often meet. */
    private static PointBatch batch(Random random, int runs) {
        long[] ids = random.longs(runs, 1, 40).toArray();
        if (random.nextBoolean()) {
            Arrays.sort(ids);
        }
        int[] ends = new int[runs];
        int points = 0;
        for (int run = 0; run < runs; run++) {
            points += 1 + random.nextInt(5);
            ends[run] = points;
        }
        return new PointBatch(
                ids, ends, random.longs(points, 0, 50).toArray(), random.doubles(points).toArray());
    }

    private static LogRow row(PointBatch batch, long second) {
        return new LogRow(0, 0, Instant.ofEpochSecond(second), batch, () -> batch, List.of());
    }
}
