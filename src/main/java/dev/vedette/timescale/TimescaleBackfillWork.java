package dev.vedette.timescale;

import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesPrior;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.BackfillWork;
import dev.vedette.series.Labels;
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
    private static final String FIX =
            "UPDATE backfill_job SET settings_revision = ?" + JobLeases.HELD;
    private static final String SERIES =
            """
            SELECT tenant_id, series_id, cluster_id, node_id, metric_name, labels, unit, shard
            FROM series WHERE tenant_id = ? AND series_id > ?
            AND (?::text IS NULL OR cluster_id = ?) AND (?::text IS NULL OR node_id = ?)
            AND (?::text IS NULL OR metric_name = ?) AND labels @> ?::jsonb
            AND (?::bigint[] IS NULL OR series_id = ANY (?))
            ORDER BY series_id LIMIT ?
            """;

    private final WorkerTransaction workers;
    private final WholeSeries stored;
    private final JobLeases leases;

    TimescaleBackfillWork(WorkerTransaction workers) {
        this.workers = workers;
        this.stored = new WholeSeries(workers);
        this.leases = new JobLeases(workers, "backfill_job");
    }

    @Override
    public Optional<Task> take(String owner, Duration lease) {
        return leases.take(owner, lease)
                .map(row ->
                        new Task(
                                BackfillRows.of(row),
                                owner,
                                row.getInteger("attempts"),
                                row.getLong("after_series"),
                                settings(row)));
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
                        SeriesRows.json(Labels.of(request.filter().labels())).encode(),
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
                series.add(SeriesRows.series(row));
            }
        }
        return series;
    }

    @Override
    public Map<Long, SeriesPrior> priors(List<Series> series) {
        List<Long> ids = series.stream().map(one -> one.id().value()).toList();
        return workers.await(connection -> PriorRows.find(connection, ids));
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
        leases.fail(hold(task), reason);
    }

    @Override
    public void release(Task task) {
        leases.release(hold(task));
    }

    private static JobLeases.Hold hold(Task task) {
        return new JobLeases.Hold(task.backfill().tenant(), task.backfill().id(), task.owner());
    }

    @Override
    public boolean queueLate(Duration quiet, Duration shortest, Function<Late, Backfill> backfill) {
        return workers.await(
                connection -> LatePointRows.queue(connection, quiet, shortest, backfill));
    }
}
