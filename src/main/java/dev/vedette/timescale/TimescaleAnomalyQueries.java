package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Anomalies of metrics, read from {@code scoped.anomaly}. */
@ApplicationScoped
public class TimescaleAnomalyQueries implements AnomalyQueries {
    private static final String COLUMNS =
            """
            SELECT tenant_id, id, series_id, cluster_id, node_id, metric_name, labels, unit, shard,
                window_start, window_end, peak_at, is_open, points, anomaly_score, kind, magnitude,
                confidence, explanation, observed, expected, lower, upper, evidence, engine,
                engine_version, status, created_at
            FROM scoped.anomaly WHERE source = 'metric' AND
            """;

    private final TenantTransaction tenants;

    TimescaleAnomalyQueries(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<Anomaly>> list(
            TenantId tenant, Filter filter, Optional<Position> after, int limit) {
        Conditions where = new Conditions();
        where.add("tenant_id = ?", tenant.value());
        where.addIfPresent(
                "window_end >= ?", filter.from().map(from -> from.atOffset(ZoneOffset.UTC)));
        where.addIfPresent("window_start < ?", filter.to().map(to -> to.atOffset(ZoneOffset.UTC)));
        where.addIfPresent("cluster_id = ?", filter.clusterId());
        where.addIfPresent("node_id = ?", filter.nodeId());
        where.addIfPresent("metric_name = ?", filter.metricName());
        where.addIfPresent("anomaly_label = ?", filter.label().map(label -> label.label()));
        where.addIfPresent("status = ?", filter.status().map(AnomalyStatus::label));
        if (filter.minScore() > 0) {
            where.add("anomaly_score >= ?", filter.minScore());
        }
        after.ifPresent(place ->
                where.add(
                        "(window_start, id) < (?, ?)",
                        place.windowStart().atOffset(ZoneOffset.UTC),
                        place.id()));
        String query =
                COLUMNS
                        + where.clauses()
                        + " ORDER BY window_start DESC, id DESC LIMIT "
                        + where.parameter(limit);
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(query)
                                .execute(where.parameters())
                                .map(TimescaleAnomalyQueries::anomalies));
    }

    @Override
    public Uni<Optional<Anomaly>> find(TenantId tenant, UUID id) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(COLUMNS + "tenant_id = $1 AND id = $2")
                                .execute(Tuple.of(tenant.value(), id))
                                .map(rows -> anomalies(rows).stream().findFirst()));
    }

    private static List<Anomaly> anomalies(RowSet<Row> rows) {
        List<Anomaly> anomalies = new ArrayList<>(rows.size());
        for (Row row : rows) {
            anomalies.add(anomaly(row));
        }
        return anomalies;
    }

    private static Anomaly anomaly(Row row) {
        return new Anomaly(
                row.getUUID("id"),
                SeriesRows.series(
                        row.getString("tenant_id"),
                        row.getLong("series_id"),
                        row.getString("cluster_id"),
                        row.getString("node_id"),
                        row.getString("metric_name"),
                        row.getJsonObject("labels"),
                        row.getString("unit"),
                        row.getInteger("shard")),
                result(row),
                row.getString("explanation"),
                row.getString("engine"),
                row.getInteger("engine_version"),
                AnomalyStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                time(row, "created_at"));
    }

    private static AnomalyResult result(Row row) {
        return new AnomalyResult(
                time(row, "window_start"),
                time(row, "window_end"),
                time(row, "peak_at"),
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

    private static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
