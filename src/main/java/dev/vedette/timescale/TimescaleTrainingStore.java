package dev.vedette.timescale;

import dev.vedette.scheduling.JobState;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.model.ModelKind;
import dev.vedette.transaction.training.TrainingRun;
import dev.vedette.transaction.training.TrainingStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Trainings in the table {@code model_training}. */
@ApplicationScoped
class TimescaleTrainingStore implements TrainingStore {
    private static final String CREATE =
            """
            INSERT INTO scoped.model_training (tenant_id, id, state, kinds, share, most, next,
                created_by, created_at)
            VALUES ($1, $2, 'queued', $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant_id) WHERE state IN ('queued', 'running') DO NOTHING
            """;
    private static final String WANTING =
            """
            WITH want (oldest, fewest, author, growth, young) AS (
                SELECT now() - interval '1 second' * ?, ?::integer, ?::text, ?::integer, ?::integer
            )
            SELECT t.tenant_id FROM tenant t CROSS JOIN want w
            LEFT JOIN LATERAL (
                SELECT m.created_at, m.author, (m.metrics ->> 'learnt')::float8
                        + (m.metrics ->> 'judged')::float8 AS had
                FROM model_version m WHERE m.tenant_id = t.tenant_id
                ORDER BY m.version DESC LIMIT 1
            ) newest ON true
            CROSS JOIN LATERAL (
                SELECT CASE
                    WHEN coalesce(newest.created_at, '-infinity') <= w.oldest THEN w.fewest
                    WHEN newest.author = w.author AND newest.had <= w.young
                        THEN greatest(w.fewest, w.growth * newest.had)
                END::integer AS transactions
            ) needed
            WHERE NOT EXISTS (SELECT 1 FROM model_training r WHERE r.tenant_id = t.tenant_id
                    AND r.created_at > greatest(w.oldest, newest.created_at))
                AND CASE WHEN needed.transactions IS NULL THEN false
                    ELSE (SELECT count(*) FROM (SELECT 1 FROM transaction_key k
                        WHERE k.tenant_id = t.tenant_id LIMIT needed.transactions) AS known)
                        >= needed.transactions END
            ORDER BY t.tenant_id LIMIT ?
            """;
    private static final String COMPLETE =
            "UPDATE model_training SET state = 'completed', version = ?, ended_at = now(),"
                    + " owner = NULL"
                    + JobLeases.HELD;

    private final TenantTransaction tenants;
    private final WorkerTransaction workers;
    private final JobTable<TrainingRun> jobs;
    private final JobLeases leases;

    TimescaleTrainingStore(TenantTransaction tenants, WorkerTransaction workers) {
        this.tenants = tenants;
        this.workers = workers;
        this.jobs = new JobTable<>(tenants, "model_training", TimescaleTrainingStore::run);
        this.leases = new JobLeases(workers, "model_training");
    }

    @Override
    public Uni<Optional<TrainingRun>> create(TrainingRun run) {
        TrainingRun.Request request = run.request();
        io.vertx.sqlclient.Tuple row =
                io.vertx.sqlclient.Tuple.tuple()
                        .addString(run.tenant().value())
                        .addUUID(run.id())
                        .addArrayOfString(
                                request.kinds().stream().map(ModelKind::id).toArray(String[]::new))
                        .addDouble(request.share())
                        .addInteger(request.most())
                        .addString(request.next().label())
                        .addString(run.author())
                        .addOffsetDateTime(Rows.parameter(run.createdAt()));
        return tenants.run(
                run.tenant(),
                connection ->
                        connection
                                .preparedQuery(CREATE)
                                .execute(Tuple.newInstance(row))
                                .map(rows ->
                                        rows.rowCount() == 1
                                                ? Optional.of(run)
                                                : Optional.<TrainingRun>empty()));
    }

    @Override
    public Uni<Optional<TrainingRun>> find(TenantId tenant, UUID id) {
        return jobs.find(tenant, id);
    }

    @Override
    public Uni<List<TrainingRun>> list(TenantId tenant) {
        return jobs.list(tenant, Optional.empty(), LISTED);
    }

    @Override
    public List<TenantId> wanting(Want want, int most) {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(WANTING)) {
                new Binder(statement)
                        .set(
                                want.age().toSeconds(),
                                want.fewest(),
                                want.author(),
                                want.growth(),
                                want.young(),
                                most);
                List<TenantId> wanting = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        wanting.add(new TenantId(row.getString(1)));
                    }
                }
                return wanting;
            }
        });
    }

    @Override
    public Optional<Task> take(String owner, Duration lease) {
        return leases.take(owner, lease)
                .map(row -> new Task(run(row), owner, row.getInteger("attempts")));
    }

    @Override
    public void complete(Task task, int version) {
        TrainingRun run = task.run();
        workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
                new Binder(statement).set(version, run.tenant().value(), run.id(), task.owner());
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void fail(Task task, String reason) {
        leases.fail(new JobLeases.Hold(task.run().tenant(), task.run().id(), task.owner()), reason);
    }

    private static TrainingRun run(JsonObject row) {
        JsonArray kinds = row.getJsonArray("kinds");
        Integer version = row.getInteger("version");
        return new TrainingRun(
                new TenantId(row.getString("tenant_id")),
                UUID.fromString(row.getString("id")),
                new TrainingRun.Request(
                        kinds.stream()
                                .map(kind -> ModelKind.find(kind.toString()).orElseThrow())
                                .toList(),
                        row.getDouble("share"),
                        row.getInteger("most"),
                        TrainingRun.Next.valueOf(row.getString("next").toUpperCase(Locale.ROOT))),
                row.getString("created_by"),
                time(row.getString("created_at")),
                JobState.of(row.getString("state")),
                Optional.ofNullable(row.getString("ended_at")).map(TimescaleTrainingStore::time),
                version == null ? OptionalInt.empty() : OptionalInt.of(version),
                Optional.ofNullable(row.getString("failure")));
    }

    private static Instant time(String column) {
        return OffsetDateTime.parse(column).toInstant();
    }
}
