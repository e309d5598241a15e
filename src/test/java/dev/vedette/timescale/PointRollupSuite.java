package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.Seeds;
import dev.vedette.detection.Checkpoint;
import dev.vedette.detection.Lease;
import dev.vedette.detection.LogRow;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.ShardStore;
import dev.vedette.detection.SteppedPoints;
import dev.vedette.detection.TickResult;
import dev.vedette.detection.Watermark;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roll-ups of points, made by the merge and read by steps. */
abstract class PointRollupSuite {
    private static final Instant T0 = Instant.parse("2026-10-03T00:00:00Z");
    private static final long STEP = 60_000;
    private static final int DAYS = 3;
    private static final String POINTS =
            "SELECT string_agg(time || '=' || value, ' ' ORDER BY time) FROM point WHERE series_id"
                    + " = %d";

    private Lane lane = new Lane(0);
    private long seq;

    /** The database under test. */
    abstract TestDatabase database();

    @BeforeEach
    void openLane() {
        lane = log().openLane().await().indefinitely();
        seq = 0;
    }

    private TimescalePointLog log() {
        return new TimescalePointLog(database().pool(), database().workers());
    }

    private PointReader reader() {
        return new TimescalePointReader(database().tenants());
    }

    @Test
    void stepsFromRollUpsAgreeWithStepsFromPoints() {
        long seed = Seeds.explored();
        Random random = new Random(seed);
        Series series = series();
        Map<Integer, Double> sent = new HashMap<>();
        // In order; some sent again with another value, days late; a hole; a tail in the log.
        send(series, random, sent, 0, 2 * 1440);
        block(series);
        merge();
        for (int i = 0; i < 40; i++) {
            int at = random.nextInt(2 * 1440);
            send(series, random, sent, at, at + 1);
        }
        block(series);
        send(series, random, sent, 2 * 1440 + 200, 3 * 1440 - 100);
        if (random.nextBoolean()) {
            merge();
        }
        block(series);
        for (int i = 0; i < 10; i++) {
            int at = random.nextInt(DAYS * 1440);
            send(series, random, sent, at, at + 1);
        }
        for (int i = 0; i < 20; i++) {
            long from =
                    T0.toEpochMilli()
                            + random.nextInt(30 * 60) * (random.nextBoolean() ? 1000L : STEP);
            long to =
                    T0.toEpochMilli()
                            + Duration.ofDays(DAYS).toMillis()
                            - random.nextInt(600) * STEP;
            Duration step = Duration.ofMinutes(new int[] {5, 15, 60, 180, 1440}[random.nextInt(5)]);
            assertAgree(
                    series,
                    new TimeRange(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)),
                    step,
                    "seed " + seed);
        }
    }

    @Test
    void rollUpsOutliveThePoints() {
        Series series = series();
        Random random = new Random(7);
        Map<Integer, Double> sent = new HashMap<>();
        send(series, random, sent, 0, 1440);
        block(series);
        merge();
        TimeRange day = new TimeRange(T0, T0.plus(Duration.ofDays(1)));
        SteppedPoints before = steps(series, day, Duration.ofHours(1));
        assertEquals(24, before.size());
        database().execute("DELETE FROM point_block");
        SteppedPoints after = steps(series, day, Duration.ofHours(1));
        assertArrayEquals(before.sum(), after.sum());
        // A point that comes after its bucket's points are gone must not undo their roll-up.
        send(series, random, sent, 90, 91);
        block(series);
        merge();
        database().execute("DELETE FROM point_block");
        assertArrayEquals(before.count(), steps(series, day, Duration.ofHours(1)).count());
    }

    @Test
    void blocksOfDecimalsAreSmallAndGiveEveryBitBack() {
        Series series = series();
        double[] values = {0.1, 99.99, -3, 1e9, 0, 12.345678, 1.0 / 3, -0.0, 5e300};
        for (double value : values) {
            sendOne(series, 0, value);
            block(series);
            merge();
            PointReader.Points read = points(series);
            assertEquals(
                    Double.doubleToRawLongBits(value),
                    Double.doubleToRawLongBits(read.values()[0]));
            assertEquals(
                    value,
                    Double.parseDouble(
                            text(
                                    "SELECT value FROM point WHERE series_id = "
                                            + series.id().value())));
        }
    }

    @Test
    void blocksThatAnEarlierVersionWroteAsArraysAreReadAndMerged() {
        Series series = series();
        long[] times = {T0.plusMillis(1000).toEpochMilli(), T0.plusMillis(3500).toEpochMilli()};
        for (String values : List.of("2, -50, '{10,11}', NULL", "1, 7, NULL, '{100000,11}'")) {
            database()
                    .execute(
                            "DELETE FROM point_block",
                            "INSERT INTO point_block (tenant_id, series_id, bucket, part, points,"
                                    + " first_offset, step, offsets, scale, base, narrow, wide)"
                                    + " VALUES ('%s', %d, '%s', 1, 2, 1000, 0, '{1000,3500}', %s)"
                                            .formatted(
                                                    series.id().tenant(),
                                                    series.id().value(),
                                                    T0,
                                                    values),
                            "INSERT INTO block_due VALUES ('%s', '%s')"
                                    .formatted(series.id().tenant(), T0));
            PointReader.Points read = points(series);
            String asSql = text(POINTS.formatted(series.id().value()));
            merge();
            assertEquals("0", text("SELECT part FROM point_block"));
            assertArrayEquals(times, read.epochMillis());
            assertArrayEquals(times, points(series).epochMillis());
            assertArrayEquals(read.values(), points(series).values());
            assertEquals(asSql, text(POINTS.formatted(series.id().value())));
        }
    }

    private PointReader.Points points(Series series) {
        return reader().points(
                        series.id().tenant(),
                        List.of(series.id()),
                        new TimeRange(T0, T0.plusSeconds(60)),
                        10)
                .await()
                .indefinitely()
                .getOrDefault(series.id(), PointReader.Points.NONE);
    }

    private void assertAgree(Series series, TimeRange range, Duration step, String message) {
        SteppedPoints expected =
                SteppedPoints.of(
                        reader().points(series.id().tenant(), List.of(series.id()), range, 100_000)
                                .await()
                                .indefinitely()
                                .getOrDefault(series.id(), PointReader.Points.NONE),
                        step.toMillis());
        SteppedPoints found = steps(series, range, step);
        assertArrayEquals(expected.epochMillis(), found.epochMillis(), message);
        assertArrayEquals(expected.count(), found.count(), message);
        assertArrayEquals(expected.min(), found.min(), message);
        assertArrayEquals(expected.max(), found.max(), message);
        assertArrayEquals(expected.last(), found.last(), message);
        assertArrayEquals(expected.sum(), found.sum(), 1e-7, message);
        assertTrue(expected.size() > 0, message);
    }

    private SteppedPoints steps(Series series, TimeRange range, Duration step) {
        return reader().steps(series.id().tenant(), List.of(series.id()), range, step, 1_000_000)
                .await()
                .indefinitely()
                .getOrDefault(series.id(), SteppedPoints.of(PointReader.Points.NONE, 1));
    }

    private Series series() {
        TenantId tenant = new TenantId("t-" + UUID.randomUUID());
        SeriesKey key = new SeriesKey(tenant, "c", "n", "cpu", Labels.NONE);
        return new TimescaleSeriesStore(database().tenants())
                .findOrCreate(tenant, List.of(new SeriesStore.Wanted(key, Optional.empty())), 9)
                .await()
                .indefinitely()
                .getFirst()
                .orElseThrow();
    }

    private void send(Series series, Random random, Map<Integer, Double> sent, int from, int to) {
        long[] times = new long[to - from];
        double[] values = new double[to - from];
        for (int i = from; i < to; i++) {
            double value =
                    random.nextInt(10) == 0
                            ? random.nextGaussian()
                            : random.nextInt(10_000) / 100.0;
            times[i - from] = T0.toEpochMilli() + i * STEP;
            values[i - from] = value;
            sent.put(i, value);
        }
        append(series, times, values);
    }

    private void sendOne(Series series, int minute, double value) {
        append(series, new long[] {T0.toEpochMilli() + minute * STEP}, new double[] {value});
    }

    private void append(Series series, long[] times, double[] values) {
        PointBatch batch =
                new PointBatch(
                        new long[] {series.id().value()}, new int[] {values.length}, times, values);
        log().append(lane, ++seq, List.of(new ShardBatch(series.shard(), batch)))
                .await()
                .indefinitely();
    }

    private void merge() {
        new MergeBlocksJob(database().workers()).run();
    }

    private void block(Series series) {
        ShardStore shards = new TimescaleShardStore(database().workers());
        Lease lease = shards.acquire(series.shard(), "test", Duration.ofMinutes(1)).orElseThrow();
        ShardStore.ShardState state = shards.load(series.shard());
        List<LogRow> rows =
                shards.read(series.shard(), state.watermark(), Optional.empty(), 1_000_000);
        Map<Long, Long> lanes = new HashMap<>(state.watermark().lanes());
        rows.forEach(row -> lanes.merge(row.lane(), row.seq(), Math::max));
        shards.commit(
                lease,
                new TickResult(
                        state.tick() + 1,
                        Watermark.of(lanes),
                        List.of(),
                        List.of(),
                        Optional.of(
                                new Checkpoint(
                                        List.of(),
                                        List.of(),
                                        rows.stream().map(LogRow::points).toList()))));
    }

    private String text(String query) {
        return database()
                .workers()
                .await(connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet row = statement.executeQuery(query)) {
                        return row.next() ? String.valueOf(row.getString(1)) : "";
                    }
                });
    }
}
