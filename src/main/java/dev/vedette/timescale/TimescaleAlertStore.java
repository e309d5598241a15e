package dev.vedette.timescale;

import dev.vedette.alerting.Alert;
import dev.vedette.alerting.AlertPlans;
import dev.vedette.alerting.AlertStore;
import dev.vedette.alerting.Setting;
import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Reads what {@code alert_due} and {@code alert.look_at} mark and hands on what is decided. */
@ApplicationScoped
class TimescaleAlertStore implements AlertStore {
    // Two decisions at once could tell one thing twice.
    private static final String ALONE = "SELECT pg_try_advisory_xact_lock(7306101)";

    private static final String TAKE =
            """
            DELETE FROM alert_due WHERE id IN (SELECT id FROM alert_due ORDER BY id LIMIT ?)
            RETURNING tenant_id, incident_id\
            """;

    private static final String LOOK =
            """
            SELECT tenant_id, incidents FROM alert WHERE look_at <= ?
            ORDER BY look_at LIMIT ?\
            """;

    private static final String SETTINGS =
            """
            SELECT to_jsonb(s) FROM alert_setting s
            WHERE tenant_id = ? AND kind IN ('route', 'silence')\
            """;

    // Those of routes that group may get another incident.
    private static final String ALERTS =
            """
            SELECT to_jsonb(a) FROM alert a
            WHERE tenant_id = ? AND (incidents && ? OR is_grouped)\
            """;

    private static final String LOUD =
            """
            SELECT route, planned_at FROM alert_delivery
            WHERE tenant_id = ? AND planned_at > ? AND event IN ('opened', 'escalated', 'reminded')
            GROUP BY route, grp, revision, planned_at ORDER BY planned_at\
            """;

    private final WorkerTransaction transactions;

    TimescaleAlertStore(WorkerTransaction transactions) {
        this.transactions = transactions;
    }

    @Override
    public int decideDue(int most, Instant now, Function<Case, AlertPlans.Decisions> decide) {
        return transactions.await(connection -> {
            if (!isAlone(connection)) {
                return 0;
            }
            Map<TenantId, Set<UUID>> touched = new LinkedHashMap<>();
            int taken = take(connection, most, touched) + look(connection, most, now, touched);
            for (Map.Entry<TenantId, Set<UUID>> tenant : touched.entrySet()) {
                decide(connection, tenant.getKey(), tenant.getValue(), now, decide);
            }
            return taken;
        });
    }

    private static boolean isAlone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ALONE)) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    private static int take(Connection connection, int most, Map<TenantId, Set<UUID>> touched)
            throws SQLException {
        int taken = 0;
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            new Binder(statement).set(most);
            try (ResultSet rows = statement.executeQuery()) {
                for (; rows.next(); taken++) {
                    of(touched, rows.getString(1)).add(rows.getObject(2, UUID.class));
                }
            }
        }
        return taken;
    }

    private static int look(
            Connection connection, int most, Instant now, Map<TenantId, Set<UUID>> touched)
            throws SQLException {
        int taken = 0;
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            new Binder(statement).set(now, most);
            try (ResultSet rows = statement.executeQuery()) {
                for (; rows.next(); taken++) {
                    Set<UUID> incidents = of(touched, rows.getString(1));
                    for (Object id : (Object[]) rows.getArray(2).getArray()) {
                        incidents.add((UUID) id);
                    }
                }
            }
        }
        return taken;
    }

    private static Set<UUID> of(Map<TenantId, Set<UUID>> touched, String tenant) {
        return touched.computeIfAbsent(new TenantId(tenant), none -> new LinkedHashSet<>());
    }

    private static void decide(
            Connection connection,
            TenantId tenant,
            Set<UUID> touched,
            Instant now,
            Function<Case, AlertPlans.Decisions> decide)
            throws SQLException {
        List<Alert> alerts = alerts(connection, tenant, touched);
        List<Setting> settings = settings(connection, tenant);
        if (alerts.isEmpty() && settings.isEmpty()) {
            return;
        }
        Set<UUID> incidents = new LinkedHashSet<>(touched);
        alerts.forEach(alert -> incidents.addAll(alert.incidents()));
        AlertPlans.Moment moment =
                new AlertPlans.Moment(
                        IncidentFactsReader.read(connection, tenant, incidents),
                        alerts,
                        loud(connection, tenant, now),
                        now);
        AlertWriter.write(connection, tenant, decide.apply(new Case(tenant, settings, moment)));
    }

    private static List<Alert> alerts(Connection connection, TenantId tenant, Set<UUID> incidents)
            throws SQLException {
        List<Alert> alerts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ALERTS)) {
            Binder binder = new Binder(statement);
            binder.set(tenant.value());
            binder.array("uuid", incidents.stream());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    alerts.add(AlertRows.alert(new JsonObject(rows.getString(1))));
                }
            }
        }
        return alerts;
    }

    private static List<Setting> settings(Connection connection, TenantId tenant)
            throws SQLException {
        List<Setting> settings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SETTINGS)) {
            new Binder(statement).set(tenant.value());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    settings.add(AlertRows.setting(new JsonObject(rows.getString(1))));
                }
            }
        }
        return settings;
    }

    private static Map<String, List<Instant>> loud(
            Connection connection, TenantId tenant, Instant now) throws SQLException {
        Map<String, List<Instant>> loud = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(LOUD)) {
            new Binder(statement).set(tenant.value(), now.minus(AlertPlans.LOUD_FOR));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    loud.computeIfAbsent(rows.getString(1), route -> new ArrayList<>())
                            .add(Rows.time(rows, 2));
                }
            }
        }
        return loud;
    }
}
