package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.ModelStore;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.ModelVersion.State;
import dev.vedette.transaction.scoring.NewModel;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Models in the table {@code model_version}. */
@ApplicationScoped
public class TimescaleModelStore implements ModelStore {
    /** The tenant's one model, of which these are versions. */
    private static final String NAME = "decision";

    private static final String COLUMNS = ModelRows.COLUMNS;
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
            "INSERT INTO scoped.model_version (tenant_id, name, version, kind, state, parameters,"
                    + " metrics, artefact, author, created_at, changed_at) SELECT $1, '"
                    + NAME
                    + "', coalesce(max(version), 0) + 1, $2, 'registered', $3, $4, $5, $6, $7, $7"
                    + " FROM scoped.model_version WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' RETURNING "
                    + COLUMNS;
    private static final String RETIRE =
            "UPDATE scoped.model_version SET state = 'retired', changed_at = $3, note = $4"
                    + " WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' AND state = 'promoted' AND version <> $2 AND EXISTS (SELECT 1 FROM"
                    + " scoped.model_version WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' AND version = $2)";
    private static final String MOVE =
            "UPDATE scoped.model_version SET state = $3, changed_at = $4, note = $5,"
                    + " promoted_at = CASE WHEN $6 THEN $4 ELSE promoted_at END"
                    + " WHERE tenant_id = $1 AND name = '"
                    + NAME
                    + "' AND version = $2 RETURNING "
                    + COLUMNS;

    /** Whoever decided last before the present one; before anything, when nothing decides now. */
    private static final String BEFORE =
            """
            WITH present AS (
                SELECT promoted_at, version FROM scoped.model_version
                WHERE tenant_id = $1 AND name = 'decision' AND state = 'promoted'
            )
            SELECT m.version FROM scoped.model_version m LEFT JOIN present p ON true
            WHERE m.tenant_id = $1 AND m.name = 'decision' AND m.state = 'retired'
                AND m.promoted_at IS NOT NULL
                AND (p.version IS NULL
                    OR (m.promoted_at, m.version) < (p.promoted_at, p.version))
                AND ($2::int IS NULL OR p.version = $2)
            ORDER BY m.promoted_at DESC, m.version DESC LIMIT 1
            """;

    private final TenantTransaction tenants;

    TimescaleModelStore(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<ModelVersion>> versions(TenantId tenant) {
        return tenants.list(
                tenant, VERSIONS, Tuple.of(tenant.value()), TimescaleModelStore::version);
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
    public Uni<ModelVersion> register(TenantId tenant, NewModel model, Instant at) {
        io.vertx.sqlclient.Tuple row =
                io.vertx.sqlclient.Tuple.tuple()
                        .addString(tenant.value())
                        .addString(model.kind())
                        .addJsonObject(TransactionJson.texts(model.parameters()))
                        .addJsonObject(TransactionJson.numbers(model.metrics()))
                        .addBuffer(Buffer.buffer(model.artefact()))
                        .addString(model.author())
                        .addOffsetDateTime(Rows.parameter(at));
        return locked(
                tenant,
                connection ->
                        connection
                                .preparedQuery(REGISTER)
                                .execute(Tuple.newInstance(row))
                                .map(rows ->
                                        Rows.first(rows, TimescaleModelStore::version)
                                                .orElseThrow()));
    }

    /** Runs the work while nobody else changes the tenant's models. */
    private <T> Uni<T> locked(TenantId tenant, Function<SqlConnection, Uni<T>> work) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(LOCK)
                                .execute(Tuple.of(tenant.value()))
                                .chain(() -> work.apply(connection)));
    }

    @Override
    public Uni<Optional<ModelVersion>> move(
            TenantId tenant, int version, State to, String note, Instant at) {
        return locked(
                tenant,
                connection ->
                        to == State.PROMOTED
                                ? promote(connection, tenant, version, note, true, at)
                                : move(connection, tenant, version, to, note, false, at));
    }

    @Override
    public Uni<Optional<ModelVersion>> rollBack(
            TenantId tenant, OptionalInt from, String note, Instant at) {
        Tuple before = Tuple.of(tenant.value(), from.isPresent() ? (Object) from.getAsInt() : null);
        return locked(
                tenant,
                connection ->
                        connection
                                .preparedQuery(BEFORE)
                                .execute(before)
                                .map(rows -> Rows.first(rows, row -> row.getInteger(0)))
                                .chain(found ->
                                        found.map(version ->
                                                        promote(
                                                                connection,
                                                                tenant,
                                                                version,
                                                                note,
                                                                false,
                                                                at))
                                                .orElseGet(() ->
                                                        Uni.createFrom().item(Optional.empty()))));
    }

    private static Uni<Optional<ModelVersion>> promote(
            SqlConnection connection,
            TenantId tenant,
            int version,
            String note,
            boolean isNew,
            Instant at) {
        Tuple retire = Tuple.of(tenant.value(), version, Rows.parameter(at), note);
        return connection
                .preparedQuery(RETIRE)
                .execute(retire)
                .chain(() -> move(connection, tenant, version, State.PROMOTED, note, isNew, at));
    }

    private static Uni<Optional<ModelVersion>> move(
            SqlConnection connection,
            TenantId tenant,
            int version,
            State to,
            String note,
            boolean isNew,
            Instant at) {
        Tuple move = Tuple.of(tenant.value(), version, to.label(), Rows.parameter(at), note, isNew);
        return connection
                .preparedQuery(MOVE)
                .execute(move)
                .map(rows -> Rows.first(rows, TimescaleModelStore::version));
    }

    private static ModelVersion version(Row row) {
        return ModelRows.of(row.getJsonObject(0));
    }
}
