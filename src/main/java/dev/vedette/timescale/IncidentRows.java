package dev.vedette.timescale;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentAction;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.incident.SuspectedOrigin;
import dev.vedette.incident.Symptom;
import dev.vedette.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
                        time(row, "origin_since"),
                        row.getDouble("origin_weight")),
                row.getDouble("score"),
                time(row, "started_at"),
                time(row, "last_at"),
                row.getInteger("nodes"),
                row.getInteger("metrics"),
                row.getInteger("anomalies"),
                row.getInteger("open"),
                deed(row.getString("acknowledged_by"), row.getOffsetDateTime("acknowledged_at")),
                deed(row.getString("resolved_by"), row.getOffsetDateTime("resolved_at")),
                Optional.ofNullable(row.getUUID("merged_into")),
                row.getLong("version"),
                time(row, "created_at"),
                time(row, "changed_at"));
    }

    private static Optional<Incident.Deed> deed(
            @Nullable String actor, @Nullable OffsetDateTime at) {
        return actor == null || at == null
                ? Optional.empty()
                : Optional.of(new Incident.Deed(actor, at.toInstant()));
    }

    /** What an incident looks at of an anomaly. */
    static Symptom symptom(Row row) {
        return new Symptom(
                row.getUUID("id"),
                row.getString("cluster_id"),
                row.getString("node_id"),
                Optional.ofNullable(row.getString("metric_name")),
                time(row, "window_start"),
                time(row, "window_end"),
                row.getBoolean("is_open"),
                row.getDouble("anomaly_score"),
                AnomalyKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)));
    }

    /** What a person did. */
    static IncidentAction action(Row row) {
        return new IncidentAction(
                time(row, "at"),
                row.getString("actor"),
                IncidentAction.Kind.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
                row.getString("note"));
    }

    /** All rows. */
    static <T> List<T> all(RowSet<Row> rows, Function<Row, T> map) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(map.apply(row)));
        return all;
    }

    private static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
