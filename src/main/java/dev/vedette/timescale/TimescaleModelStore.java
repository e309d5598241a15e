package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.ModelStore;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.ModelVersion.State;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Models in the table {@code model_version}. */
@ApplicationScoped
public class TimescaleModelStore implements ModelStore {
    /** The tenant's one model, of which these are versions. */
    private static final String NAME = "decision";

    private static final String COLUMNS =
            "version, kind, state, metrics, author, created_at, changed_at";
    private static final String VERSIONS =
            "SELECT "
                    + COLUMNS
                    + " FROM scoped.model_version WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' ORDER BY version DESC LIMIT 1000";
    private static final String ARTEFACT =
            "SELECT artefact FROM scoped.model_version WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' AND version = $2";
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('models/' || $1, 0))";
    private static final String REGISTER =
            "INSERT INTO scoped.model_version (tenant_id, name, version, kind, state, metrics,"
                    + " artefact, author, created_at, changed_at) SELECT $1, '"
                    + NAME
                    + "', coalesce(max(version), 0) + 1, $2, 'registered', $3, $4, $5, $6, $6"
                    + " FROM scoped.model_version WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' RETURNING "
                    + COLUMNS;
    private static final String RETIRE =
            "UPDATE scoped.model_version SET state = 'retired', changed_at = $3"
                    + " WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' AND state = 'promoted' AND version <> $2 AND EXISTS (SELECT 1 FROM"
                    + " scoped.model_version WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' AND version = $2)";
    private static final String MOVE =
            "UPDATE scoped.model_version SET state = $3, changed_at = $4 WHERE tenant_id = $1"
                    + " AND name = '"
                    + NAME
                    + "' AND version = $2 RETURNING "
                    + COLUMNS;
    private static final String WANTING =
            """
            SELECT t.tenant_id FROM tenant t
            WHERE NOT EXISTS (SELECT 1 FROM model_version m WHERE m.tenant_id = t.tenant_id
                    AND m.created_at > now() - interval '1 second' * ?)
                AND (SELECT count(*) FROM (SELECT 1 FROM transaction_key k
                    WHERE k.tenant_id = t.tenant_id LIMIT ?) AS known) >= ?
            ORDER BY t.tenant_id LIMIT ?
            """;

    private final TenantTransaction tenants;
    private final WorkerTransaction workers;

    TimescaleModelStore(TenantTransaction tenants, WorkerTransaction workers) {
        this.tenants = tenants;
        this.workers = workers;
    }

    @Override
    public Uni<List<ModelVersion>> versions(TenantId tenant) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(VERSIONS)
                                .execute(Tuple.of(tenant.value()))
                                .map(rows -> Rows.all(rows, TimescaleModelStore::version)));
    }

    @Override
    public Uni<Optional<byte[]>> artefact(TenantId tenant, int version) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(ARTEFACT)
                                .execute(Tuple.of(tenant.value(), version))
                                .map(rows ->
                                        Rows.first(
                                                rows,
                                                row -> row.getDelegate().getBuffer(0).getBytes())));
    }

    @Override
    public Uni<ModelVersion> register(
            TenantId tenant,
            String kind,
            Map<String, Double> metrics,
            byte[] artefact,
            String author,
            Instant at) {
        io.vertx.sqlclient.Tuple row =
                io.vertx.sqlclient.Tuple.tuple()
                        .addString(tenant.value())
                        .addString(kind)
                        .addJsonObject(TransactionJson.numbers(metrics))
                        .addBuffer(Buffer.buffer(artefact))
                        .addString(author)
                        .addOffsetDateTime(Rows.parameter(at));
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(tenant.value()))
                                .chain(() ->
                                        connection
                                                .preparedQuery(REGISTER)
                                                .execute(Tuple.newInstance(row)))
                                .map(rows ->
                                        Rows.first(rows, TimescaleModelStore::version)
                                                .orElseThrow()));
    }

    @Override
    public Uni<Optional<ModelVersion>> move(TenantId tenant, int version, State to, Instant at) {
        Tuple retire = Tuple.of(tenant.value(), version, Rows.parameter(at));
        Tuple move = Tuple.of(tenant.value(), version, to.label(), Rows.parameter(at));
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(tenant.value()))
                                .chain(() ->
                                        to == State.PROMOTED
                                                ? connection
                                                        .preparedQuery(RETIRE)
                                                        .execute(retire)
                                                        .replaceWithVoid()
                                                : Uni.createFrom().voidItem())
                                .chain(() -> connection.preparedQuery(MOVE).execute(move))
                                .map(rows -> Rows.first(rows, TimescaleModelStore::version)));
    }

    @Override
    public List<TenantId> wanting(int transactions, Duration age, int most) {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(WANTING)) {
                new Binder(statement).set(age.toSeconds(), transactions, transactions, most);
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

    private static ModelVersion version(Row row) {
        return new ModelVersion(
                row.getInteger("version"),
                row.getString("kind"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                TransactionJson.numbers(row.getJsonObject("metrics")),
                row.getString("author"),
                Rows.time(row, "created_at"),
                Rows.time(row, "changed_at"));
    }
}
