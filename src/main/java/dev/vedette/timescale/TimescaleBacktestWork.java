package dev.vedette.timescale;

import dev.vedette.detection.backtest.Backtest;
import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.backtest.BacktestWork;
import dev.vedette.series.Series;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker reads and writes for backtests. */
@ApplicationScoped
class TimescaleBacktestWork implements BacktestWork {
    private static final String BEGIN =
            "UPDATE backtest_job SET series_done ="
                    + " CASE WHEN rules = ? THEN series_done ELSE 0 END, rules = ?"
                    + JobLeases.HELD
                    + " RETURNING series_done";
    private static final String FORGET =
            "DELETE FROM backtest_series WHERE tenant_id = ? AND backtest_id = ?";
    private static final String NEXT =
            """
            SELECT s.tenant_id, s.series_id, s.cluster_id, s.node_id, s.metric_name, s.labels,
                s.unit, s.shard
            FROM backtest_job b, series s
            WHERE b.tenant_id = ? AND b.id = ? AND s.tenant_id = b.tenant_id
                AND s.series_id = ANY (b.series_ids[? : ?])
            ORDER BY s.series_id
            """;
    // An attempt that brings series forward was not in vain.
    private static final String PROGRESS =
            "UPDATE backtest_job SET series_done = ?, attempts = 1,"
                    + " leased_until = now() + interval '1 millisecond' * ?"
                    + JobLeases.HELD;
    private static final String FOUND =
            """
            INSERT INTO backtest_series (tenant_id, backtest_id, series_id, found)
            VALUES (?, ?, ?, ?::jsonb)
            ON CONFLICT (tenant_id, backtest_id, series_id) DO UPDATE SET found = excluded.found
            """;

    private final WorkerTransaction workers;
    private final JobLeases leases;

    TimescaleBacktestWork(WorkerTransaction workers) {
        this.workers = workers;
        this.leases = new JobLeases(workers, "backtest_job");
    }

    @Override
    public Optional<Task> take(String owner, Duration lease) {
        return leases.take(owner, lease)
                .map(row -> new Task(BacktestRows.of(row), owner, row.getInteger("attempts")));
    }

    @Override
    public Optional<Integer> begin(Task task, String rules) {
        BacktestRun run = task.run();
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
                Binder binder = new Binder(statement);
                binder.set(rules, rules, run.tenant().value(), run.id(), task.owner());
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    int done = row.getInt(1);
                    if (done == 0) {
                        execute(connection, FORGET, run.tenant().value(), run.id());
                    }
                    return Optional.of(done);
                }
            }
        });
    }

    @Override
    public Chunk next(Task task, int done, int most) {
        BacktestRun run = task.run();
        int end = Math.min(done + most, run.progress().seriesTotal());
        return workers.await(connection -> {
            List<Series> series = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
                new Binder(statement).set(run.tenant().value(), run.id(), done + 1, end);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        series.add(SeriesRows.series(row));
                    }
                }
            }
            return new Chunk(series, end);
        });
    }

    @Override
    public boolean stage(Task task, List<Backtest.OfSeries> found, int done, Duration lease) {
        BacktestRun run = task.run();
        return workers.await(connection -> {
            if (execute(
                            connection,
                            PROGRESS,
                            done,
                            lease.toMillis(),
                            run.tenant().value(),
                            run.id(),
                            task.owner())
                    == 0) {
                return false;
            }
            for (Backtest.OfSeries one : found) {
                execute(
                        connection,
                        FOUND,
                        run.tenant().value(),
                        run.id(),
                        one.series().id().value(),
                        BacktestRows.json(one).encode());
            }
            return true;
        });
    }

    @Override
    public boolean complete(Task task) {
        return leases.complete(hold(task));
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
        return new JobLeases.Hold(task.run().tenant(), task.run().id(), task.owner());
    }

    private static int execute(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            new Binder(statement).set(values);
            return statement.executeUpdate();
        }
    }
}
