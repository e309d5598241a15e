package dev.vedette.timescale;

import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.incident.IncidentStore;
import dev.vedette.incident.Regrouping;
import dev.vedette.incident.Symptom;
import dev.vedette.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads what {@code incident_due} marks and hands what became of it to {@link IncidentWriter}. */
@ApplicationScoped
class TimescaleIncidentStore implements IncidentStore {
    // Two regroupings at once could give one anomaly to two incidents.
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(7306090)";

    private static final String TAKE =
            """
            DELETE FROM incident_due WHERE id IN
                (SELECT id FROM incident_due ORDER BY id LIMIT ?)
            RETURNING tenant_id, anomaly_id, cluster_id, window_start, window_end\
            """;

    private static final String NEAR =
            """
            WITH changed AS (
                SELECT * FROM unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                    AS changed (id, cluster_id, since, until)
            ), payment AS (
                SELECT changed.*, own.tenant_id, own.node_id, own.labels ->> 'merchant' AS merchant
                FROM changed JOIN anomaly own ON own.tenant_id = ? AND own.id = changed.id
                    AND own.source = 'transaction'
            )
            SELECT a.id FROM changed
            JOIN anomaly a ON a.tenant_id = ? AND a.cluster_id = changed.cluster_id
                AND a.window_end >= changed.since AND a.window_start <= changed.until
            WHERE a.source = 'metric' AND a.node_id IS NOT NULL
            UNION
            SELECT a.id FROM payment
            JOIN anomaly a USING (tenant_id, cluster_id, node_id)
            WHERE a.source = 'transaction' AND a.window_start BETWEEN since AND until
            UNION
            SELECT a.id FROM payment
            JOIN anomaly a ON a.tenant_id = payment.tenant_id AND a.source = 'transaction'
                AND a.labels ->> 'merchant' = payment.merchant
                AND a.window_start BETWEEN since AND until\
            """;

    // The first step: incidents of what changed or is near. The second: all their members.
    private static final String MEMBERS =
            """
            SELECT m.anomaly_id, m.incident_id FROM incident_member m
            WHERE m.tenant_id = ? AND m.incident_id IN (
                SELECT incident_id FROM incident_member
                WHERE tenant_id = ? AND anomaly_id = ANY (?::uuid[]))\
            """;

    private static final String SYMPTOMS =
            """
            SELECT id, cluster_id, node_id, metric_name, window_start, window_end, is_open,
                anomaly_score, kind, source, labels ->> 'merchant' AS merchant
            FROM anomaly WHERE tenant_id = ? AND id = ANY (?::uuid[])\
            """;

    private final WorkerTransaction transactions;

    TimescaleIncidentStore(WorkerTransaction transactions) {
        this.transactions = transactions;
    }

    private record Mark(UUID anomaly, String clusterId, Instant start, Instant end) {}

    @Override
    public int regroupDue(int most, Duration reach, Function<Surroundings, Regrouping> regroup) {
        return transactions.await(connection -> {
            Map<TenantId, List<Mark>> marks =
                    isAlone(connection) ? take(connection, most) : Map.of();
            for (Map.Entry<TenantId, List<Mark>> changed : marks.entrySet()) {
                Surroundings around =
                        surroundings(connection, changed.getKey(), changed.getValue(), reach);
                IncidentWriter.write(connection, around, regroup.apply(around));
            }
            return marks.values().stream().mapToInt(List::size).sum();
        });
    }

    private static boolean isAlone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALONE)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static Map<TenantId, List<Mark>> take(Connection connection, int most)
            throws SQLException {
        Map<TenantId, List<Mark>> marks = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setInt(1, most);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    marks.computeIfAbsent(
                                    new TenantId(rows.getString("tenant_id")),
                                    tenant -> new ArrayList<>())
                            .add(
                                    new Mark(
                                            rows.getObject("anomaly_id", UUID.class),
                                            rows.getString("cluster_id"),
                                            Rows.time(rows, "window_start"),
                                            Rows.time(rows, "window_end")));
                }
            }
        }
        return marks;
    }

    private static Surroundings surroundings(
            Connection connection, TenantId tenant, List<Mark> changed, Duration reach)
            throws SQLException {
        List<UUID> ids = new ArrayList<>(near(connection, tenant, changed, reach));
        changed.forEach(mark -> ids.add(mark.anomaly));
        Map<UUID, UUID> before = members(connection, tenant, ids);
        ids.addAll(before.keySet());
        return new Surroundings(tenant, symptoms(connection, tenant, ids), before);
    }

    private static List<UUID> near(
            Connection connection, TenantId tenant, List<Mark> changed, Duration reach)
            throws SQLException {
        List<UUID> near = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NEAR)) {
            Binder to = new Binder(statement);
            to.array("uuid", changed.stream().map(Mark::anomaly));
            to.array("text", changed.stream().map(Mark::clusterId));
            to.array("timestamptz", changed.stream().map(mark -> mark.start.minus(reach)));
            to.array("timestamptz", changed.stream().map(mark -> mark.end.plus(reach)));
            to.set(tenant.value(), tenant.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    near.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return near;
    }

    private static Map<UUID, UUID> members(
            Connection connection, TenantId tenant, Collection<UUID> anomalies)
            throws SQLException {
        Map<UUID, UUID> members = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(MEMBERS)) {
            Binder to = new Binder(statement);
            to.set(tenant.value(), tenant.value());
            to.array("uuid", anomalies.stream());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    members.put(
                            rows.getObject("anomaly_id", UUID.class),
                            rows.getObject("incident_id", UUID.class));
                }
            }
        }
        return members;
    }

    private static List<Symptom> symptoms(
            Connection connection, TenantId tenant, Collection<UUID> anomalies)
            throws SQLException {
        List<Symptom> symptoms = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SYMPTOMS)) {
            Binder to = new Binder(statement);
            to.set(tenant.value());
            to.array("uuid", anomalies.stream());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    symptoms.add(symptom(rows));
                }
            }
        }
        return symptoms;
    }

    private static Symptom symptom(ResultSet rows) throws SQLException {
        return new Symptom(
                rows.getObject("id", UUID.class),
                rows.getString("cluster_id"),
                rows.getString("node_id"),
                Optional.ofNullable(rows.getString("metric_name")),
                Rows.time(rows, "window_start"),
                Rows.time(rows, "window_end"),
                rows.getBoolean("is_open"),
                rows.getDouble("anomaly_score"),
                AnomalyKind.valueOf(rows.getString("kind").toUpperCase(Locale.ROOT)),
                AnomalySource.valueOf(rows.getString("source").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(rows.getString("merchant")));
    }
}
