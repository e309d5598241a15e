package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.aggregation.RollupContract;
import dev.vedette.aggregation.RollupStore;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.aggregation.WindowRanking;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.ShardStore;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The contract of {@link RollupStore} and {@link ScoreQueries} on a database. */
abstract class RollupSuite extends RollupContract {
    /** The database under test. */
    abstract TestDatabase database();

    @Override
    protected SeriesStore catalogue() {
        return new TimescaleSeriesStore(database().tenants());
    }

    @Override
    protected ShardStore shards() {
        return new TimescaleShardStore(database().workers());
    }

    @Override
    protected RollupStore rollups() {
        return new TimescaleRollupStore(database().workers());
    }

    @Override
    protected ScoreQueries scores() {
        return new TimescaleScoreQueries(database().tenants());
    }

    @Override
    protected void hoursAreMade(int most) {
        database()
                .execute(
                        ("UPDATE rollup_hour_due SET make_at = now() - interval '1 second'"
                                        + " WHERE (tenant_id, hour) IN (SELECT tenant_id, hour"
                                        + " FROM rollup_hour_due WHERE tenant_id = '%s'"
                                        + " ORDER BY hour LIMIT %d)")
                                .formatted(tenant(), most));
        rollUp(1000);
    }

    @Test
    void hourIsMadeOnceItIsOverAndAgainAfterALateRow() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(2));
        Instant before = hour.minus(Duration.ofHours(5));
        store(bucket(hour, "n1", Map.of("cpu", 0.5f)), bucket(before, "n1", Map.of("cpu", 0.5f)));
        rollUp(1000);
        assertEquals(List.of(), hours());
        // each with the one before, of which a process of an earlier version may have stored rows
        assertEquals(4, due());
        database()
                .execute(
                        "UPDATE rollup_hour_due SET make_at = make_at - interval '61 seconds'"
                                + " WHERE tenant_id = '%s'".formatted(tenant()));
        rollUp(1000);
        // the tenant, its source, a cluster and a node of the hour that is over
        List<String> made = hours();
        assertEquals(4, made.size());
        assertEquals(2, due());
        store(bucket(before.plus(ScoreBucket.WIDTH), "n1", Map.of("cpu", 0.25f)));
        rollUp(1000);
        assertEquals(made, hours());
        assertEquals(3, due());
        assertEquals(Optional.of(hour), scores().newestBucket(tenant()).await().indefinitely());
    }

    private int due() {
        return database()
                .workers()
                .await(connection -> {
                    try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "SELECT count(*) FROM rollup_hour_due WHERE tenant_id = ?")) {
                        statement.setString(1, tenant().value());
                        try (ResultSet row = statement.executeQuery()) {
                            return row.next() ? row.getInt(1) : 0;
                        }
                    }
                });
    }

    @Test
    void hoursOfScoresThatWereThereBeforeAreThoseAJobWouldHaveMade() throws Exception {
        Instant start = Instant.parse("2026-11-10T00:40:00Z");
        for (int i = 0; i < 30; i++) {
            Instant at = start.plus(ScoreBucket.WIDTH.multipliedBy(i));
            store(
                    bucket(at, "n1", Map.of("cpu", (i * 7 % 16) / 16f, "memory", 0.25f)),
                    bucket(at, "n2", Map.of("cpu", (i * 3 % 8) / 8f)));
        }
        rollUp(1000);
        hoursAreMade(1000);
        List<String> made = hours();
        // four hours of the tenant, its source, a cluster and two nodes
        assertEquals(20, made.size());
        String migration = read("/db/migration/V260__create_rollup_hour.sql");
        database()
                .execute(
                        "TRUNCATE rollup_hour",
                        migration.substring(migration.indexOf("INSERT INTO rollup_hour")));
        assertEquals(made, hours());
    }

    private List<String> hours() {
        return database()
                .workers()
                .await(connection -> {
                    List<String> hours = new ArrayList<>();
                    try (PreparedStatement statement =
                            connection.prepareStatement(
                                    "SELECT h::text FROM rollup_hour h WHERE tenant_id = ?"
                                            + " ORDER BY 1")) {
                        statement.setString(1, tenant().value());
                        try (ResultSet row = statement.executeQuery()) {
                            while (row.next()) {
                                hours.add(row.getString(1));
                            }
                        }
                    }
                    return hours;
                });
    }

    private static String read(String resource) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(RollupSuite.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void seriesAreRankedByHowMuchTheyRoseAgainstBefore() {
        Instant start = Instant.parse("2026-11-10T00:00:00Z");
        for (int i = 0; i < 24; i++) {
            boolean isInside = i >= 12;
            store(
                    bucket(
                            start.plus(ScoreBucket.WIDTH.multipliedBy(i)),
                            "n1",
                            Map.of(
                                    "always", 0.9f,
                                    "jumped", isInside ? 0.8f : 0.2f,
                                    "spiked", i == 20 ? 1f : 0.2f)),
                    bucket(
                            start.plus(ScoreBucket.WIDTH.multipliedBy(i)),
                            "n2",
                            Map.of("fell", isInside ? 0.1f : 0.5f)));
        }
        WindowRanking.Question question =
                WindowRanking.Question.of(
                        new TimeRange(
                                start.plus(Duration.ofMinutes(61)),
                                start.plus(Duration.ofMinutes(119))),
                        Optional.empty());
        assertEquals(start.plus(Duration.ofHours(1)), question.window().from());
        WindowRanking ranking = new TimescaleWindowRanking(database().tenants());
        WindowRanking.Ranking found = ranking.rank(tenant(), question, 3).await().indefinitely();
        assertEquals(4, found.series());
        assertEquals(
                List.of("jumped", "spiked", "always"),
                found.moved().stream().map(one -> one.key().metricName()).toList());
        WindowRanking.Moved jumped = found.moved().getFirst();
        assertEquals(0.2, jumped.before(), 1e-6);
        assertEquals(0.8, jumped.inside(), 1e-6);
        WindowRanking.Moved spiked = found.moved().get(1);
        assertEquals(Math.sqrt((1 + 11 * 0.04) / 12), spiked.inside(), 1e-6);
        assertEquals(start.plus(Duration.ofMinutes(100)), spiked.peakAt());
        assertEquals(1, jumped.share() + spiked.share(), 1e-6);
        assertEquals(1, jumped.nodeShare(), 1e-6);
        assertEquals(0, found.moved().getLast().rise(), 1e-6);
        TenantId other = new TenantId("t-" + UUID.randomUUID());
        assertEquals(
                new WindowRanking.Ranking(0, List.of()),
                ranking.rank(other, question, 3).await().indefinitely());
    }

    @Test
    void ticksAndRollUpsThatMeetOnManyBucketsNeverWaitForEachOther() throws Exception {
        Instant first = Instant.parse("2026-11-10T00:00:00Z");
        ScoreBucket[] buckets = new ScoreBucket[400];
        for (int i = 0; i < buckets.length; i++) {
            Instant start = first.plus(ScoreBucket.WIDTH.multipliedBy(i));
            buckets[i] = bucket(start, "n1", Map.of("cpu", 0.5f));
        }
        store(buckets);
        CompletableFuture<Void> ticks =
                CompletableFuture.runAsync(
                        () -> {
                            for (int i = 0; i < 40; i++) {
                                store(buckets);
                            }
                        },
                        Thread::startVirtualThread);
        while (!ticks.isDone()) {
            rollups().rollUpDue(buckets.length, _ -> List.of());
        }
        ticks.get();
        rollups().rollUpDue(buckets.length, _ -> List.of());
        assertEquals(0, rollups().rollUpDue(buckets.length, _ -> List.of()));
    }
}
