package dev.vedette.timescale;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.mlflow.UntoldModels;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What MLflow has not heard of, in the table {@code model_version}. */
@ApplicationScoped
class TimescaleUntoldModels implements UntoldModels {
    private static final String TAKE =
            """
            WITH taken AS (
                UPDATE model_version m SET mlflow_tried_at = now() FROM (
                    SELECT tenant_id, name, version FROM model_version
                    WHERE mlflow_state IS DISTINCT FROM state AND (mlflow_tried_at IS NULL
                        OR changed_at > mlflow_tried_at
                        OR mlflow_tried_at < now() - interval '1 millisecond' * ?)
                    ORDER BY tenant_id, changed_at, version LIMIT ? FOR UPDATE SKIP LOCKED
                ) AS next
                WHERE m.tenant_id = next.tenant_id AND m.name = next.name
                    AND m.version = next.version
                RETURNING m.tenant_id, m.mlflow_version, m.version, m.changed_at,
                    to_jsonb(m) - 'artefact' AS body
            )
            SELECT tenant_id, body, mlflow_version FROM taken
            ORDER BY tenant_id, changed_at, version
            """;
    private static final String NUMBERED =
            """
            UPDATE model_version SET mlflow_version = ?
            WHERE tenant_id = ? AND name = 'decision' AND version = ?
            """;
    private static final String TOLD =
            """
            UPDATE model_version SET mlflow_state = ?
            WHERE tenant_id = ? AND name = 'decision' AND version = ?
            """;

    private final WorkerTransaction workers;

    TimescaleUntoldModels(WorkerTransaction workers) {
        this.workers = workers;
    }

    @Override
    public List<Untold> take(Duration retry, int most) {
        return workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
                new Binder(statement).set(retry.toMillis(), most);
                List<Untold> taken = new ArrayList<>();
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        taken.add(
                                new Untold(
                                        new TenantId(row.getString(1)),
                                        ModelRows.of(new JsonObject(row.getString(2))),
                                        Optional.ofNullable(row.getString(3))));
                    }
                }
                return taken;
            }
        });
    }

    @Override
    public void numbered(Untold of, String number) {
        change(NUMBERED, number, of);
    }

    @Override
    public void told(Untold of) {
        change(TOLD, of.version().state().label(), of);
    }

    private void change(String update, String value, Untold of) {
        workers.await(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(update)) {
                new Binder(statement).set(value, of.tenant().value(), of.version().version());
                return statement.executeUpdate();
            }
        });
    }
}
