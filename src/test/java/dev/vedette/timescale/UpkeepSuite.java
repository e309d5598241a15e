package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.http.RetentionConfig;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is merged, dropped and kept. */
abstract class UpkeepSuite {
    private static final RetentionConfig RETENTION =
            new RetentionConfig() {
                @Override
                public Duration fineRollups() {
                    return Duration.ofDays(10);
                }

                @Override
                public Duration hourlyRollups() {
                    return Duration.ofDays(20);
                }

                @Override
                public Duration anomalies() {
                    return Duration.ofDays(30);
                }

                @Override
                public Duration audit() {
                    return Duration.ofDays(40);
                }
            };
    private static final String BUCKET = "'2026-11-01T08:00Z'";

    /** The database under test. */
    abstract TestDatabase database();

    @BeforeEach
    void empty() {
        database()
                .execute(
                        "TRUNCATE point_block, block_due, detection_log, shard_checkpoint, anomaly,"
                                + " point_rollup_5m, point_rollup_1h, rollup_score, rollup_hour",
                        "TRUNCATE tenant CASCADE");
    }

    @Test
    void partsOfABucketThatIsOverBecomeOne() {
        database()
                .execute(
                        part(1, 0, "{1,1,1}"),
                        part(2, 2000, "{2,2}"),
                        part(3, 2000, "{3}"),
                        "INSERT INTO block_due VALUES ('t', " + BUCKET + ")");
        String before =
                text("SELECT string_agg(time || '=' || value, ' ' ORDER BY time) FROM point");
        new MergeBlocksJob(database().workers()).run();
        assertEquals(
                before,
                text("SELECT string_agg(time || '=' || value, ' ' ORDER BY time) FROM point"));
        assertEquals(
                "0 0 4 1000 {1,1,3,2}",
                text(
                        "SELECT part || ' ' || first_offset || ' ' || points || ' ' || step || ' '"
                                + " || (SELECT array_agg(value ORDER BY time) FROM point)::text"
                                + " FROM point_block"));
        assertEquals("0", text("SELECT count(*) FROM block_due"));
    }

    @Test
    void latePartWinsOverTheMergedOne() {
        database()
                .execute(
                        part(5, 0, "{1}"),
                        part(6, 1000, "{1}"),
                        "INSERT INTO block_due VALUES ('t', " + BUCKET + ")");
        new MergeBlocksJob(database().workers()).run();
        database().execute(part(7, 0, "{9}"));
        assertEquals("9,1", text("SELECT string_agg(value::text, ',' ORDER BY time) FROM point"));
    }

    @Test
    void bucketThatGoesOnIsLeftAlone() {
        database()
                .execute(
                        part(1, 0, "{1}")
                                .replace(BUCKET, "date_bin('4 hours', now(), '2026-01-01')"),
                        part(2, 0, "{1}")
                                .replace(BUCKET, "date_bin('4 hours', now(), '2026-01-01')"),
                        "INSERT INTO block_due SELECT tenant_id, bucket FROM point_block LIMIT 1");
        new MergeBlocksJob(database().workers()).run();
        assertEquals("2", text("SELECT count(*) FROM point_block"));
    }

    @Test
    void eachTenantKeepsItsDataForItsOwnTime() {
        database()
                .execute(
                        tenant("brief", 86_400),
                        tenant("long", 30 * 86_400),
                        old("brief", "2 days"),
                        old("brief", "1 hour"),
                        old("long", "2 days"),
                        old("long", "100 days"));
        new RetentionJob(database().workers(), RETENTION).run();
        assertEquals(
                "brief long",
                text("SELECT string_agg(tenant_id, ' ' ORDER BY tenant_id) FROM point_block"));
    }

    @Test
    void eachKindIsKeptForItsOwnTimeAndTenantsMaySetAnother() {
        database()
                .execute(
                        tenant("plain", 86_400),
                        tenant("odd", 86_400),
                        "INSERT INTO tenant_retention VALUES ('odd', 7200, NULL, 86400, 172800)");
        for (String tenant : new String[] {"plain", "odd"}) {
            for (String table : new String[] {"point_rollup_5m", "point_rollup_1h"}) {
                for (int days : new int[] {1, 5, 12, 25}) {
                    database()
                            .execute(
                                    "INSERT INTO %s SELECT '%s', 1, now() - interval '%d days', ''"
                                            .formatted(table, tenant, days));
                }
            }
            database().execute(old(tenant, "10 hours"));
        }
        new RetentionJob(database().workers(), RETENTION).run();
        String each =
                "SELECT string_agg(tenant_id || ' ' || n, ', ' ORDER BY tenant_id)"
                        + " FROM (SELECT tenant_id, count(*) AS n FROM %s GROUP BY tenant_id) AS s";
        assertEquals("plain 1", text(each.formatted("point_block")));
        assertEquals("odd 2, plain 2", text(each.formatted("point_rollup_5m")));
        assertEquals("odd 1, plain 3", text(each.formatted("point_rollup_1h")));
    }

    @Test
    void hourOfScoresIsKeptUntilTheLastOfItsFiveMinutesHasGone() {
        database()
                .execute(
                        tenant("plain", 86_400),
                        tenant("odd", 86_400),
                        "INSERT INTO tenant_retention VALUES ('odd', NULL, NULL, NULL, 172800)");
        // what is over goes four hours later, the margin of rows that hold more than a moment
        for (String age : new String[] {"1 day", "2 days 4.5 hours", "2 days 5.5 hours"}) {
            scores("odd", age);
            scores("plain", age);
        }
        scores("plain", "30 days 4.5 hours");
        scores("plain", "30 days 5.5 hours");
        new RetentionJob(database().workers(), RETENTION).run();
        String each =
                "SELECT string_agg(tenant_id || ' ' || n, ', ' ORDER BY tenant_id)"
                        + " FROM (SELECT tenant_id, count(*) AS n FROM %s GROUP BY tenant_id) AS s";
        assertEquals("odd 1, plain 3", text(each.formatted("rollup_score")));
        assertEquals("odd 2, plain 4", text(each.formatted("rollup_hour")));
    }

    private void scores(String tenant, String age) {
        for (String table : new String[] {"rollup_score", "rollup_hour"}) {
            database()
                    .execute(
                            "INSERT INTO %s SELECT '%s', 'tenant', now() - interval '%s', '', '', 0, 0, 0, 0, 1, 0"
                                    .formatted(table, tenant, age));
        }
    }

    @Test
    void slotIsEmptiedOnceTheCheckpointHasPassedIt() {
        String slot = "((extract(epoch FROM now())::bigint / 600 + 3) % 6)";
        database()
                .execute(
                        "INSERT INTO detection_log (shard, lane, seq, slot, points, payload) VALUES"
                                + " (1, 7, 1, %1$s, 1, ''), (1, 7, 2, %1$s, 1, '')".formatted(slot),
                        "INSERT INTO shard_checkpoint VALUES (1, 1, '{7}', '{1}')");
        LogTrimmer.emptySlots(database().workers());
        assertEquals("2", text("SELECT count(*) FROM detection_log"));
        database().execute("UPDATE shard_checkpoint SET seqs = '{2}'");
        LogTrimmer.emptySlots(database().workers());
        assertEquals("0", text("SELECT count(*) FROM detection_log"));
    }

    @Test
    void slotBeingWrittenIsLeftAlone() {
        database()
                .execute(
                        "INSERT INTO detection_log (shard, lane, seq, points, payload)"
                                + " VALUES (1, 7, 1, 1, '')",
                        "INSERT INTO shard_checkpoint VALUES (1, 1, '{7}', '{1}')");
        LogTrimmer.emptySlots(database().workers());
        assertEquals("1", text("SELECT count(*) FROM detection_log"));
    }

    private static String part(int part, int first, String values) {
        return "INSERT INTO point_block SELECT 't', 1, %s, %d, cardinality(v), %d, 1000, NULL, v FROM (SELECT '%s'::float8[] AS v) AS s"
                .formatted(BUCKET, part, first, values);
    }

    private static String tenant(String id, int retentionSeconds) {
        return "INSERT INTO tenant VALUES ('%s', 'x', 'UTC', 1, 1, %d, now())"
                .formatted(id, retentionSeconds);
    }

    private static String old(String tenant, String age) {
        return "INSERT INTO point_block SELECT '%s', 1, now() - interval '%s', 1, 1, 0, 0, NULL, '{1}'"
                .formatted(tenant, age);
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
