package dev.vedette.timescale;

import dev.vedette.detection.PointReader;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.BackfillWork;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What a worker reads and writes for backfills. */
@ApplicationScoped
class TimescaleBackfillWork implements BackfillWork {
    private static final String TAKE =
            """
            UPDATE backfill_job b SET state = 'running', owner = ?,
                leased_until = now() + interval '1 millisecond' * ?,
                started_at = coalesce(b.started_at, now())
            FROM (
                SELECT tenant_id, id FROM backfill_job
                WHERE state = 'queued' OR (state = 'running' AND leased_until < now())
                ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
            ) AS next
            WHERE b.tenant_id = next.tenant_id AND b.id = next.id
            RETURNING to_jsonb(b)
            """;
    private static final String FIX =
            """
            UPDATE backfill_job SET settings_revision = ?
            WHERE tenant_id = ? AND id = ? AND owner = ? AND state = 'running'
            """;
    private static final String SERIES =
            """
            SELECT tenant_id, series_id, cluster_id, node_id, metric_name, labels, unit, shard
            FROM series WHERE tenant_id = ? AND series_id > ?
            AND (?::text IS NULL OR cluster_id = ?) AND (?::text IS NULL OR node_id = ?)
            AND (?::text IS NULL OR metric_name = ?) AND labels @> ?::jsonb
            AND (?::bigint[] IS NULL OR series_id = ANY (?))
            ORDER BY series_id LIMIT ?
            """;
    private static final String FAIL =
            """
            UPDATE backfill_job SET state = 'failed', failure = ?, ended_at = now(), owner = NULL
            WHERE tenant_id = ? AND id = ? AND owner = ? AND state = 'running'
            """;
    private static final String RELEASE =
            """
            UPDATE backfill_job SET state = 'queued', owner = NULL
            WHERE tenant_id = ? AND id = ? AND owner = ? AND state = 'running'
            """;

    private final WorkerTransaction workers;
    private final WholeSeries stored;

    TimescaleBackfillWork(WorkerTransaction workers) {
        this.workers = workers;
        this.stored = new WholeSeries(workers);
    }

    @Override
    public Optional<Task> take(String owner, Duration lease) {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                statement.setString(1, owner);
                statement.setLong(2, lease.toMillis());
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    JsonObject json = new JsonObject(row.getString(1));
                    return Optional.of(
                            new Task(
                                    BackfillRows.of(json),
                                    owner,
                                    json.getLong("after_series"),
                                    settings(json)));
                }
            }
        });
    }

    private static OptionalLong settings(JsonObject json) {
        Long revision = json.getLong("settings_revision");
        return revision == null ? OptionalLong.empty() : OptionalLong.of(revision);
    }

    @Override
    public boolean fixSettings(Task task, long revision) {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIX)) {
                new Binder(statement)
                        .set(
                                revision,
                                task.backfill().tenant().value(),
                                task.backfill().id(),
                                task.owner());
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<Series> nextSeries(Task task, int most) {
        Backfill.Request request = task.backfill().request();
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SERIES)) {
                Binder to = new Binder(statement);
                to.set(task.backfill().tenant().value(), task.afterSeries());
                for (Optional<String> part :
                        List.of(
                                request.filter().clusterId(),
                                request.filter().nodeId(),
                                request.filter().metricName())) {
                    to.set(part.orElse(null), part.orElse(null));
                }
                Object ids =
                        request.seriesIds().isEmpty()
                                ? null
                                : connection.createArrayOf(
                                        "bigint", request.seriesIds().toArray(Long[]::new));
                to.set(
                        SeriesRows.json(dev.vedette.series.Labels.of(request.filter().labels()))
                                .encode(),
                        ids,
                        ids,
                        most);
                return series(statement);
            }
        });
    }

    private static List<Series> series(PreparedStatement statement) throws SQLException {
        List<Series> series = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                series.add(
                        SeriesRows.series(
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                new JsonObject(row.getString(6)),
                                row.getString(7),
                                row.getInt(8)));
            }
        }
        return series;
    }

    @Override
    public OptionalLong firstPoint(List<Series> series) {
        return stored.firstPoint(series);
    }

    @Override
    public Map<Long, PointReader.Points> points(List<Series> series, TimeRange range) {
        return stored.points(series, range);
    }

    @Override
    public boolean stage(Task task, List<Found> found, long points, Duration lease) {
        return workers.await(
                connection -> BackfillResults.stage(connection, task, found, points, lease));
    }

    @Override
    public boolean keep(Task task, Duration lease) {
        return workers.await(connection -> BackfillResults.keep(connection, task, lease));
    }

    @Override
    public boolean complete(Task task) {
        return workers.await(connection -> BackfillResults.complete(connection, task));
    }

    @Override
    public void fail(Task task, String reason) {
        String shown = reason.length() > 500 ? reason.substring(0, 500) : reason;
        workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FAIL)) {
                new Binder(statement)
                        .set(
                                shown,
                                task.backfill().tenant().value(),
                                task.backfill().id(),
                                task.owner());
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void release(Task task) {
        workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
                new Binder(statement)
                        .set(task.backfill().tenant().value(), task.backfill().id(), task.owner());
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public boolean queueLate(Duration quiet, Duration shortest, Function<Late, Backfill> backfill) {
        return workers.await(
                connection -> LatePointRows.queue(connection, quiet, shortest, backfill));
    }
}
