package dev.vedette.timescale;

import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentAction;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.incident.SuspectedOrigin;
import dev.vedette.incident.Symptom;
import dev.vedette.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Locale;
import java.util.Optional;

/** Reads incidents and what belongs to them from rows. */
final class IncidentRows {
    private IncidentRows() {}

    /** An incident with its {@code status}. */
    static Incident incident(Row row) {
        return new Incident(
                new TenantId(row.getString("tenant_id")),
                row.getUUID("id"),
                row.getString("title"),
                IncidentStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                new SuspectedOrigin(
                        row.getString("origin_cluster"),
                        row.getString("origin_node"),
                        Optional.ofNullable(row.getString("origin_metric")),
                        Rows.time(row, "origin_since"),
                        row.getDouble("origin_weight")),
                row.getDouble("score"),
                Rows.time(row, "started_at"),
                Rows.time(row, "last_at"),
                row.getInteger("nodes"),
                row.getInteger("metrics"),
                row.getInteger("anomalies"),
                row.getInteger("open"),
                deed(row, "acknowledged_by", "acknowledged_at"),
                deed(row, "resolved_by", "resolved_at"),
                Optional.ofNullable(row.getUUID("merged_into")),
                row.getLong("version"),
                Rows.time(row, "created_at"),
                Rows.time(row, "changed_at"));
    }

    private static Optional<Incident.Deed> deed(Row row, String actor, String at) {
        return Rows.optionalTime(row, at)
                .map(time -> new Incident.Deed(row.getString(actor), time));
    }

    /** What an incident looks at of an anomaly. */
    static Symptom symptom(Row row) {
        return new Symptom(
                row.getUUID("id"),
                row.getString("cluster_id"),
                row.getString("node_id"),
                Optional.ofNullable(row.getString("metric_name")),
                Rows.time(row, "window_start"),
                Rows.time(row, "window_end"),
                row.getBoolean("is_open"),
                row.getDouble("anomaly_score"),
                AnomalyKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                AnomalySource.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("merchant")));
    }

    /** What a person did. */
    static IncidentAction action(Row row) {
        return new IncidentAction(
                Rows.time(row, "at"),
                row.getString("actor"),
                IncidentAction.Kind.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                row.getString("note"));
    }
}
