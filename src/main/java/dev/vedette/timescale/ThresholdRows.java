package dev.vedette.timescale;

import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.detection.threshold.ThresholdStore;
import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;

/** How a form of a rule stands in its row. */
final class ThresholdRows {
    /** The columns that {@link #rule} reads. */
    static final String COLUMNS =
            "name, revision, is_deleted, family, metric_name, cluster_id, node_id, labels,"
                    + " threshold, alarms_per_week, direction, min_absolute_deviation,"
                    + " min_relative_deviation, engine, changed_by, changed_at, whole_node";

    private ThresholdRows() {}

    /** The rule of that row. */
    static ThresholdRule rule(Row row) {
        return new ThresholdRule(
                row.getString("name"),
                scope(row),
                fields(row),
                row.getLong("revision"),
                row.getString("changed_by"),
                Rows.time(row, "changed_at"));
    }

    private static ThresholdScope scope(Row row) {
        return new ThresholdScope(
                text(row, "family").flatMap(MetricFamily::ofId),
                text(row, "metric_name"),
                text(row, "cluster_id"),
                text(row, "node_id"),
                Optional.ofNullable(row.getJsonObject("labels")).map(SeriesRows::labels),
                row.getBoolean("whole_node"));
    }

    private static ThresholdFields fields(Row row) {
        return new ThresholdFields(
                number(row, "threshold"),
                number(row, "alarms_per_week"),
                text(row, "direction").map(Direction::valueOf),
                number(row, "min_absolute_deviation"),
                number(row, "min_relative_deviation"),
                text(row, "engine"));
    }

    private static Optional<String> text(Row row, String column) {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Double> number(Row row, String column) {
        return Optional.ofNullable(row.getDouble(column));
    }

    /** The values of tenant and {@link #COLUMNS}, in that order. */
    static Tuple row(
            TenantId tenant, ThresholdStore.Change change, long revision, boolean isDeleted) {
        ThresholdScope scope = change.scope();
        ThresholdFields fields = change.fields();
        JsonObject labels = scope.labels().map(SeriesRows::json).orElse(null);
        return Tuple.tuple()
                .addValue(tenant.value())
                .addValue(change.name())
                .addValue(revision)
                .addValue(isDeleted)
                .addValue(scope.family().map(MetricFamily::id).orElse(null))
                .addValue(scope.metricName().orElse(null))
                .addValue(scope.clusterId().orElse(null))
                .addValue(scope.nodeId().orElse(null))
                .addValue(labels)
                .addValue(fields.threshold().orElse(null))
                .addValue(fields.alarmsPerWeek().orElse(null))
                .addValue(fields.direction().map(Direction::name).orElse(null))
                .addValue(fields.minAbsoluteDeviation().orElse(null))
                .addValue(fields.minRelativeDeviation().orElse(null))
                .addValue(fields.engine().orElse(null))
                .addValue(change.by())
                .addValue(Rows.parameter(change.at()))
                .addValue(scope.wholeNode());
    }
}
