package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.NodeKey;
import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Rows of anomalies as the domain has them. */
final class AnomalyRows {
    /** What {@link #anomaly} reads. */
    static final String COLUMNS =
            """
            tenant_id, id, source, series_id, cluster_id, node_id, metric_name, labels, unit, shard,
            window_start, window_end, peak_at, is_open, points, anomaly_score, kind, magnitude,
            confidence, explanation, observed, expected, lower, upper, evidence,
            contributions, engine, engine_version, status, created_at
            """;

    private AnomalyRows() {}

    /** The anomaly of a row with all {@link #COLUMNS}. */
    static Anomaly anomaly(Row row) {
        return new Anomaly(
                row.getUUID("id"),
                place(row),
                result(row),
                ContributionRows.contributions(row.getJsonArray("contributions")),
                row.getString("explanation"),
                row.getString("engine"),
                row.getInteger("engine_version"),
                AnomalyStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Rows.time(row, "created_at"));
    }

    private static AnomalyPlace place(Row row) {
        TenantId tenant = new TenantId(row.getString("tenant_id"));
        NodeKey node = new NodeKey(tenant, row.getString("cluster_id"), row.getString("node_id"));
        if (row.getString("source").equals(AnomalySource.TRANSACTION.label())) {
            AnomalyPlace.Payment payment =
                    new AnomalyPlace.Payment(
                            SeriesRows.labels(row.getJsonObject("labels")), row.getString("unit"));
            return AnomalyPlace.of(node, payment, row.getInteger("shard"));
        }
        if (row.getString("metric_name") == null) {
            return AnomalyPlace.of(node, row.getInteger("shard"));
        }
        return AnomalyPlace.of(
                SeriesRows.series(
                        row.getString("tenant_id"),
                        row.getLong("series_id"),
                        row.getString("cluster_id"),
                        row.getString("node_id"),
                        row.getString("metric_name"),
                        row.getJsonObject("labels"),
                        row.getString("unit"),
                        row.getInteger("shard")));
    }

    private static AnomalyResult result(Row row) {
        return new AnomalyResult(
                Rows.time(row, "window_start"),
                Rows.time(row, "window_end"),
                Rows.time(row, "peak_at"),
                row.getBoolean("is_open"),
                row.getDouble("anomaly_score"),
                AnomalyKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getDouble("magnitude"),
                row.getDouble("confidence"),
                row.getDouble("observed"),
                row.getDouble("expected"),
                row.getDouble("lower"),
                row.getDouble("upper"),
                row.getInteger("points"),
                evidence(row.getJsonObject("evidence")));
    }

    private static Map<String, Double> evidence(JsonObject json) {
        Map<String, Double> evidence = new HashMap<>();
        json.forEach(pair -> evidence.put(pair.getKey(), json.getDouble(pair.getKey())));
        return evidence;
    }
}
