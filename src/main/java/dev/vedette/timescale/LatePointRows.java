package dev.vedette.timescale;

import dev.vedette.detection.LateStretch;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.BackfillWork;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Stretches of points that came too late to be judged live. */
final class LatePointRows {
    /** Series of one backfill. */
    private static final int SERIES = 1000;

    private static final String NOTE =
            """
            INSERT INTO late_points AS l (tenant_id, series_id, first_at, last_at, points)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (tenant_id, series_id) DO UPDATE SET
                first_at = least(l.first_at, excluded.first_at),
                last_at = greatest(l.last_at, excluded.last_at),
                points = l.points + excluded.points, noted_at = now()
            """;
    private static final String TENANT =
            """
            SELECT tenant_id FROM late_points
            WHERE noted_at < now() - interval '1 millisecond' * ?
                AND last_at - first_at >= interval '1 millisecond' * ?
            ORDER BY noted_at LIMIT 1 FOR UPDATE SKIP LOCKED
            """;
    private static final String TAKE =
            """
            DELETE FROM late_points l USING (
                SELECT series_id FROM late_points WHERE tenant_id = ?
                    AND noted_at < now() - interval '1 millisecond' * ?
                    AND last_at - first_at >= interval '1 millisecond' * ?
                ORDER BY first_at LIMIT ? FOR UPDATE SKIP LOCKED
            ) AS t
            WHERE l.tenant_id = ? AND l.series_id = t.series_id
            RETURNING l.series_id, l.first_at, l.last_at
            """;
    private static final String QUEUE =
            "INSERT INTO backfill_job"
                    + " SELECT * FROM jsonb_populate_record(NULL::backfill_job, ?::jsonb)";
    private static final String FORGET =
            "DELETE FROM late_points WHERE noted_at < now() - interval '7 days'";

    private LatePointRows() {}

    /** Notes them; of one series they add up. */
    static void note(Connection connection, List<LateStretch> late) throws SQLException {
        if (late.isEmpty()) {
            return;
        }
        List<LateStretch> ordered = new ArrayList<>(late);
        ordered.sort(Comparator.comparingLong(one -> one.series().value()));
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            for (LateStretch one : ordered) {
                new Binder(statement)
                        .set(
                                one.series().tenant().value(),
                                one.series().value(),
                                Rows.parameter(one.firstEpochMillis()),
                                Rows.parameter(one.lastEpochMillis()),
                                (long) one.points());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Turns the long stretches of one tenant that have been quiet for a while into a backfill. */
    static boolean queue(
            Connection connection,
            Duration quiet,
            Duration shortest,
            Function<BackfillWork.Late, Backfill> backfill)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(FORGET);
        }
        Optional<String> tenant = tenant(connection, quiet, shortest);
        if (tenant.isEmpty()) {
            return false;
        }
        List<Long> ids = new ArrayList<>();
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            new Binder(statement)
                    .set(tenant.get(), quiet.toMillis(), shortest.toMillis(), SERIES, tenant.get());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                    Instant from = Rows.time(row, 2);
                    Instant to = Rows.time(row, 3);
                    first = from.isBefore(first) ? from : first;
                    last = to.isAfter(last) ? to : last;
                }
            }
        }
        if (ids.isEmpty()) {
            return false;
        }
        Backfill queued =
                backfill.apply(new BackfillWork.Late(new TenantId(tenant.get()), ids, first, last));
        try (PreparedStatement statement = connection.prepareStatement(QUEUE)) {
            statement.setString(1, BackfillRows.json(queued).encode());
            statement.executeUpdate();
        }
        return true;
    }

    private static Optional<String> tenant(Connection connection, Duration quiet, Duration shortest)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TENANT)) {
            statement.setLong(1, quiet.toMillis());
            statement.setLong(2, shortest.toMillis());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}
