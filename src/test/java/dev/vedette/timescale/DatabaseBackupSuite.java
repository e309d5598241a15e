package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.LiveRun;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The restore drill: an empty database answers as the lost one did, and detection goes on. */
abstract class DatabaseBackupSuite {
    private static final TenantId TENANT = new TenantId("kept");
    private static final Instant T0 = Instant.parse("2026-10-01T00:00:00Z");
    private static final long STEP = 300_000;

    @TempDir private Path folder = Path.of("");

    /** Another fresh database on the server under test. */
    abstract TestDatabase fresh();

    @Test
    void restoredDatabaseAnswersTheSameAndDetectionGoesOn() throws IOException {
        Path file = folder.resolve("all.zip");
        try (TestDatabase lost = fresh();
                TestDatabase found = fresh()) {
            lost.execute(
                    "INSERT INTO tenant VALUES ('kept', 'Kept', 'UTC', 10, 10, 864000, now())");
            List<Series> series = series(lost);
            Lane lane = log(lost).openLane().await().indefinitely();
            send(lost, lane, 1, series, 0, 1500);
            live(lost, series);
            // Acknowledged, neither judged nor in a block.
            send(lost, lane, 2, series, 1500, 1700);
            DatabaseBackup.Summary written = DatabaseBackup.write(lost.owner(), file);
            assertTrue(written.rows() > 1000);
            assertEquals(written, DatabaseRestore.read(found.owner(), file));
            assertEquals(points(lost, series), points(found, series));
            assertEquals(anomalies(lost), anomalies(found));
            assertFalse(anomalies(found).isEmpty());
            for (TestDatabase one : List.of(lost, found)) {
                Lane next = log(one).openLane().await().indefinitely();
                send(one, next, 1, series, 1700, 2400);
                live(one, series);
            }
            assertEquals(plain(anomalies(lost)), plain(anomalies(found)));
            assertEquals(points(lost, series), points(found, series));
        }
    }

    @Test
    void fullDatabaseIsNotOverwritten() throws IOException {
        Path file = folder.resolve("all.zip");
        try (TestDatabase one = fresh()) {
            series(one);
            DatabaseBackup.write(one.owner(), file);
            IllegalStateException refused =
                    assertThrows(
                            IllegalStateException.class,
                            () -> DatabaseRestore.read(one.owner(), file));
            assertTrue(String.valueOf(refused.getMessage()).contains("not empty"));
        }
    }

    @Test
    void damagedBackupRestoresNothing() throws IOException {
        Path file = folder.resolve("all.zip");
        try (TestDatabase one = fresh();
                TestDatabase target = fresh()) {
            List<Series> series = series(one);
            send(one, log(one).openLane().await().indefinitely(), 1, series, 0, 1500);
            live(one, series);
            DatabaseBackup.write(one.owner(), file);
            byte[] bytes = Files.readAllBytes(file);
            byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
            Files.write(file, cut, StandardOpenOption.TRUNCATE_EXISTING);
            assertThrows(IOException.class, () -> DatabaseRestore.read(target.owner(), file));
            Files.write(file, flipped(bytes), StandardOpenOption.TRUNCATE_EXISTING);
            assertThrows(Exception.class, () -> DatabaseRestore.read(target.owner(), file));
            assertEquals(List.of(), anomalies(target));
            Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
            DatabaseRestore.read(target.owner(), file);
            assertEquals(anomalies(one), anomalies(target));
        }
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = flipped.length / 3; i < flipped.length / 3 + 40; i++) {
            flipped[i] ^= 0x55;
        }
        return flipped;
    }

    private static List<Series> series(TestDatabase database) {
        List<SeriesStore.Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            SeriesKey key = new SeriesKey(TENANT, "c", "n" + i, "cpu", Labels.NONE);
            wanted.add(new SeriesStore.Wanted(key, Optional.of("percent")));
        }
        return new TimescaleSeriesStore(database.tenants())
                .findOrCreate(TENANT, wanted, 100).await().indefinitely().stream()
                        .map(Optional::orElseThrow)
                        .toList();
    }

    private static TimescalePointLog log(TestDatabase database) {
        return new TimescalePointLog(database.pool(), database.workers());
    }

    private static void send(
            TestDatabase database,
            Lane lane,
            long firstSeq,
            List<Series> series,
            int from,
            int to) {
        long seq = firstSeq * 1000;
        for (int s = 0; s < series.size(); s++) {
            Random random = new Random(s);
            long[] times = new long[to - from];
            double[] values = new double[to - from];
            for (int i = 0; i < to; i++) {
                double value = (i + 50 * s) % 288 < 5 ? 90 : 40 + random.nextGaussian();
                if (i >= from) {
                    times[i - from] = T0.toEpochMilli() + i * STEP;
                    values[i - from] = value;
                }
            }
            PointBatch batch =
                    new PointBatch(
                            new long[] {series.get(s).id().value()},
                            new int[] {to - from},
                            times,
                            values);
            log(database)
                    .append(lane, ++seq, List.of(new ShardBatch(series.get(s).shard(), batch)))
                    .await()
                    .indefinitely();
        }
    }

    private static void live(TestDatabase database, List<Series> series) {
        series.stream()
                .map(Series::shard)
                .distinct()
                .forEach(shard ->
                        LiveRun.drain(new TimescaleShardStore(database.workers()), shard, "ewma"));
    }

    private static List<Anomaly> anomalies(TestDatabase database) {
        return new TimescaleAnomalyQueries(database.tenants())
                .list(TENANT, AnomalyQueries.Filter.ALL, Optional.empty(), 1000)
                .await()
                .indefinitely();
    }

    /** Without the moment each was stored. */
    private static List<?> plain(List<Anomaly> anomalies) {
        return anomalies.stream()
                .map(one -> List.of(one.id(), one.result(), one.status(), one.engineVersion()))
                .toList();
    }

    private static List<String> points(TestDatabase database, List<Series> series) {
        List<String> points = new ArrayList<>();
        new TimescalePointReader(database.tenants())
                .points(
                        TENANT,
                        series.stream().map(Series::id).toList(),
                        new TimeRange(T0, T0.plus(Duration.ofDays(30))),
                        1_000_000)
                .await()
                .indefinitely()
                .forEach((id, read) ->
                        points.add(
                                id
                                        + Arrays.toString(read.epochMillis())
                                        + Arrays.toString(read.values())));
        points.sort(String::compareTo);
        return points;
    }
}
