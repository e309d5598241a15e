package dev.vedette.timescale;

import dev.vedette.alerting.IncidentFacts;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what alerting looks at of incidents: their rows and those of their members. */
final class IncidentFactsReader {
    /** Members looked at of one incident; labels and names of more are not. */
    private static final int MOST_MEMBERS = 500;

    private static final String BY_ID = select("") + " tenant_id = ? AND id = ANY (?)";

    private IncidentFactsReader() {}

    /**
     * The query of one JSON document per incident, up to {@code WHERE}.
     *
     * @param schema of the tables or views, with its dot
     */
    static String select(String schema) {
        return """
        SELECT to_jsonb(i) || jsonb_build_object('status', %2$s, 'members', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('node', a.node_id,
                'metric', a.metric_name, 'labels', a.labels, 'source', a.source,
                'is_news', NOT a.backfilled OR coalesce((
                    SELECT send_alerts FROM %1$sbackfill_job b
                    WHERE b.tenant_id = a.tenant_id AND b.id = a.backfill_id), false))
                ORDER BY a.window_start, a.id), '[]')
            FROM (
                SELECT a.* FROM %1$sincident_member m
                JOIN %1$sanomaly a ON a.tenant_id = m.tenant_id AND a.id = m.anomaly_id
                WHERE m.tenant_id = i.tenant_id AND m.incident_id = i.id
                ORDER BY a.window_start, a.id LIMIT %3$d) a))
        FROM %1$sincident i WHERE\
        """
                .formatted(schema, TimescaleIncidentQueries.STATUS, MOST_MEMBERS);
    }

    /** The facts of those of the incidents that there are. */
    static List<IncidentFacts> read(
            Connection connection, TenantId tenant, Collection<UUID> incidents)
            throws SQLException {
        List<IncidentFacts> facts = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
            Binder binder = new Binder(statement);
            binder.set(tenant.value());
            binder.array("uuid", incidents.stream());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    facts.add(facts(new JsonObject(rows.getString(1))));
                }
            }
        }
        return facts;
    }

    /** The facts of a document. */
    static IncidentFacts facts(JsonObject row) {
        Members members = new Members(row.getJsonArray("members"));
        Optional<String> closed = Optional.ofNullable(row.getString("resolved_by"));
        Optional<String> taken = Optional.ofNullable(row.getString("acknowledged_by"));
        return new IncidentFacts(
                UUID.fromString(row.getString("id")),
                row.getString("title"),
                IncidentStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getDouble("score"),
                members.source,
                List.of(row.getString("origin_cluster")),
                List.copyOf(members.nodes),
                List.copyOf(members.metrics),
                members.labels,
                row.getInteger("nodes"),
                row.getInteger("metrics"),
                row.getInteger("anomalies"),
                AlertRows.instant(row, "started_at"),
                AlertRows.instant(row, "last_at"),
                AlertRows.instant(row, "created_at"),
                closed.or(() -> taken),
                closed.isPresent(),
                members.isNews);
    }

    private static final class Members {
        private final Set<String> nodes = new LinkedHashSet<>();
        private final Set<String> metrics = new LinkedHashSet<>();
        private final Map<String, Set<String>> labels = new HashMap<>();
        private String source = "metric";
        // What went into another has no members left, and was news when it was told.
        private boolean isNews;

        Members(JsonArray rows) {
            isNews = rows.isEmpty();
            for (int i = 0; i < rows.size(); i++) {
                add(rows.getJsonObject(i));
            }
        }

        private void add(JsonObject row) {
            source = row.getString("source");
            isNews |= row.getBoolean("is_news");
            add(nodes, row.getString("node"));
            add(metrics, row.getString("metric"));
            for (Map.Entry<String, Object> label : row.getJsonObject("labels")) {
                labels.computeIfAbsent(label.getKey(), name -> new LinkedHashSet<>())
                        .add(String.valueOf(label.getValue()));
            }
        }

        private static void add(Set<String> to, @Nullable String name) {
            if (name != null && to.size() < IncidentFacts.MOST_NAMES) {
                to.add(name);
            }
        }
    }
}
