package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Series;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes anomalies: the latest state of each, by id. */
final class AnomalyWriter {
    /** The columns of an anomaly, in the order in which {@link #bind} sets them. */
    static final String COLUMNS =
            """
            tenant_id, id, series_id, cluster_id, node_id, metric_name,
            labels, unit, shard, window_start, window_end, peak_at, is_open, points,
            anomaly_score, anomaly_label, kind, magnitude, confidence, severity, explanation,
            observed, expected, lower, upper, evidence, contributions, engine, engine_version,
            status, created_at\
            """;

    private static final String CHANGE =
            "INSERT INTO anomaly_change (shard, tick, tenant_ids, ids) VALUES (?, ?, ?, ?)";

    /** Their parameters. */
    static final String PLACES =
            """
            ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
            ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?\
            """;

    /** What a person did with the anomaly, and when it was first stored, outlives every update. */
    static final String CHANGES =
            """
            window_end = excluded.window_end, peak_at = excluded.peak_at,
            is_open = excluded.is_open, points = excluded.points,
            anomaly_score = excluded.anomaly_score, anomaly_label = excluded.anomaly_label,
            kind = excluded.kind, magnitude = excluded.magnitude,
            confidence = excluded.confidence, severity = excluded.severity,
            explanation = excluded.explanation, observed = excluded.observed,
            expected = excluded.expected, lower = excluded.lower, upper = excluded.upper,
            evidence = excluded.evidence, contributions = excluded.contributions,
            engine_version = excluded.engine_version,
            status = CASE WHEN a.status IN ('acknowledged', 'suppressed') THEN a.status
                ELSE excluded.status END
            \
            """;

    private static final String UPSERT =
            "INSERT INTO anomaly AS a ("
                    + COLUMNS
                    + ") VALUES ("
                    + PLACES
                    + ") ON CONFLICT (tenant_id, id) DO UPDATE SET "
                    + CHANGES;

    private AnomalyWriter() {}

    /** Inserts or updates them; of two with one id the later in the list counts. */
    static void upsert(Connection connection, List<Anomaly> anomalies) throws SQLException {
        if (anomalies.isEmpty()) {
            return;
        }
        Map<Object, Anomaly> latest = new LinkedHashMap<>();
        anomalies.forEach(anomaly -> latest.put(anomaly.id(), anomaly));
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            for (Anomaly anomaly :
                    latest.values().stream().sorted(Comparator.comparing(Anomaly::id)).toList()) {
                bind(new Binder(statement), anomaly);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /**
     * Tells the feed which anomalies were written.
     *
     * @param line of the feed, see {@link dev.vedette.detection.AnomalyFeed}
     * @param number later than any on that line
     */
    static void tell(Connection connection, int line, long number, List<Anomaly> anomalies)
            throws SQLException {
        if (anomalies.isEmpty()) {
            return;
        }
        Map<Object, String> tenants = new LinkedHashMap<>();
        anomalies.forEach(one -> tenants.put(one.id(), one.place().tenant().value()));
        try (PreparedStatement statement = connection.prepareStatement(CHANGE)) {
            Binder to = new Binder(statement);
            to.set(line, number);
            to.array("text", tenants.values().stream());
            to.array("uuid", tenants.keySet().stream());
            statement.executeUpdate();
        }
    }

    /** Sets the parameters of one. */
    static void bind(Binder to, Anomaly anomaly) throws SQLException {
        AnomalyPlace place = anomaly.place();
        Optional<Series> series = place.series();
        AnomalyResult result = anomaly.result();
        to.set(place.tenant().value(), anomaly.id());
        to.set(series.map(one -> one.id().value()).orElse(null));
        to.set(place.clusterId(), place.nodeId(), place.metricName().orElse(null));
        to.set(series.map(one -> SeriesRows.json(one.key().labels()).encode()).orElse("{}"));
        to.set(series.flatMap(Series::unit).orElse(null), place.shard());
        to.set(result.windowStart(), result.windowEnd(), result.peakAt());
        to.set(result.open(), result.points());
        to.set(result.anomalyScore(), result.label().label(), result.kind().label());
        to.set(result.magnitude(), result.confidence(), result.severity().label());
        to.set(anomaly.explanation());
        to.set(result.observed(), result.expected(), result.lower(), result.upper());
        to.set(new JsonObject(new TreeMap<String, Object>(result.evidence())).encode());
        to.set(ContributionRows.json(anomaly.contributions()).encode());
        to.set(anomaly.engine(), anomaly.engineVersion(), anomaly.status().label());
        to.set(anomaly.createdAt());
    }
}
