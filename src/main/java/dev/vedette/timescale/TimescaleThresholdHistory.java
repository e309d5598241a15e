package dev.vedette.timescale;

import dev.vedette.detection.threshold.ThresholdHistory;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;

/** The rules of all tenants as of a revision, for workers. */
@ApplicationScoped
public class TimescaleThresholdHistory implements ThresholdHistory {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final String REVISION = "SELECT revision FROM settings_revision";
    private static final String CHANGED =
            "SELECT tenant_id FROM threshold_change WHERE revision > $1 AND revision <= $2"
                    + " UNION SELECT tenant_id FROM tenant_zone"
                    + " WHERE revision > $1 AND revision <= $2";
    private static final String RULES =
            "SELECT * FROM (SELECT DISTINCT ON (name) "
                    + ThresholdRows.COLUMNS
                    + " FROM threshold_change WHERE tenant_id = $1 AND revision <= $2"
                    + " ORDER BY name, revision DESC) AS newest WHERE NOT is_deleted";
    private static final String ZONE =
            "SELECT coalesce((SELECT zone FROM tenant_zone WHERE tenant_id = $1 AND revision <= $2"
                    + " ORDER BY revision DESC LIMIT 1),"
                    + " (SELECT zone FROM tenant WHERE tenant_id = $1), 'UTC')";

    // A day beside the ticks, as a worker may be in the middle of one by the revision before.
    private static final String FORGET =
            """
            WITH used (revision) AS (
                SELECT min(coalesce(seqs[array_position(lanes, 0::bigint)], 0)) FROM shard_tick
            )
            DELETE FROM threshold_change c USING used
            WHERE (c.is_deleted AND c.revision <= used.revision
                   AND c.changed_at < now() - interval '1 day')
            OR EXISTS (
                SELECT 1 FROM threshold_change n
                WHERE n.tenant_id = c.tenant_id AND n.name = c.name AND n.revision > c.revision
                AND n.revision <= used.revision AND n.changed_at < now() - interval '1 day')
            """;

    private final WorkerTransaction workers;

    TimescaleThresholdHistory(WorkerTransaction workers) {
        this.workers = workers;
    }

    @Override
    public long revision() {
        return await(
                workers.run(c -> c.query(REVISION).execute())
                        .map(rows -> rows.iterator().next().getLong(0)));
    }

    @Override
    public Set<TenantId> changed(long after, long upTo) {
        Set<TenantId> changed = new HashSet<>();
        await(workers.run(c -> c.preparedQuery(CHANGED).execute(Tuple.of(after, upTo))))
                .forEach(row -> changed.add(new TenantId(row.getString(0))));
        return changed;
    }

    @Override
    public TenantRules asOf(TenantId tenant, long revision) {
        Tuple which = Tuple.of(tenant.value(), revision);
        return await(
                workers.run(c ->
                        c.preparedQuery(ZONE)
                                .execute(which)
                                .map(rows -> ZoneId.of(first(rows.iterator().next())))
                                .chain(zone ->
                                        c.preparedQuery(RULES)
                                                .execute(which)
                                                .map(rows ->
                                                        new TenantRules(
                                                                Rows.all(rows, ThresholdRows::rule),
                                                                zone)))));
    }

    /** Deletes forms of rules that no tick to be replayed was judged by. */
    static void forget(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(FORGET);
        }
    }

    private static String first(Row row) {
        return row.getString(0);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(TIMEOUT);
    }
}
