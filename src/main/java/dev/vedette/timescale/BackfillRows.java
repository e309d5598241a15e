package dev.vedette.timescale;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.engine.DetectionSettings;
import dev.vedette.scheduling.JobState;
import dev.vedette.series.Labels;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A backfill as the JSON form of its row, which both drivers read and write. */
final class BackfillRows {
    private BackfillRows() {}

    /** The row. */
    static JsonObject json(Backfill backfill) {
        Backfill.Request request = backfill.request();
        Backfill.Overrides overrides = request.overrides();
        Backfill.Progress progress = backfill.progress();
        JsonObject row =
                new JsonObject()
                        .put("tenant_id", backfill.tenant().value())
                        .put("id", backfill.id().toString())
                        .put("state", progress.state().label())
                        .put("reason", request.reason().label())
                        .put("labels", SeriesRows.json(Labels.of(request.filter().labels())))
                        .put("range_from", request.range().from().toString())
                        .put("range_to", request.range().to().toString())
                        .put("send_alerts", request.sendAlerts())
                        .put("series_total", progress.seriesTotal())
                        .put("series_done", progress.seriesDone())
                        .put("after_series", 0)
                        .put("points", progress.points())
                        .put("anomalies", progress.anomalies())
                        .put("created_by", backfill.createdBy())
                        .put("created_at", backfill.createdAt().toString());
        request.filter().clusterId().ifPresent(text -> row.put("cluster_id", text));
        request.filter().nodeId().ifPresent(text -> row.put("node_id", text));
        request.filter().metricName().ifPresent(text -> row.put("metric_name", text));
        if (!request.seriesIds().isEmpty()) {
            row.put("series_ids", new JsonArray(List.copyOf(request.seriesIds())));
        }
        overrides.threshold().ifPresent(value -> row.put("threshold", value));
        overrides.direction().ifPresent(value -> row.put("direction", label(value)));
        overrides
                .minAbsoluteDeviation()
                .ifPresent(value -> row.put("min_absolute_deviation", value));
        overrides
                .minRelativeDeviation()
                .ifPresent(value -> row.put("min_relative_deviation", value));
        request.engine().ifPresent(id -> row.put("engine", id));
        backfill.engineVersion().ifPresent(version -> row.put("engine_version", version));
        request.warmUp().ifPresent(warmUp -> row.put("warm_up_seconds", warmUp.toSeconds()));
        return row;
    }

    /** The backfill of a row. */
    static Backfill of(JsonObject row) {
        return new Backfill(
                new TenantId(row.getString("tenant_id")),
                UUID.fromString(row.getString("id")),
                request(row),
                Optional.ofNullable(row.getInteger("engine_version")),
                row.getString("created_by"),
                OffsetDateTime.parse(row.getString("created_at")).toInstant(),
                new Backfill.Progress(
                        JobState.of(row.getString("state")),
                        row.getLong("series_total"),
                        row.getLong("series_done"),
                        row.getLong("points"),
                        row.getLong("anomalies"),
                        Optional.ofNullable(row.getString("failure")),
                        time(row, "started_at"),
                        time(row, "ended_at")));
    }

    private static Backfill.Request request(JsonObject row) {
        SeriesDirectory.Filter filter =
                new SeriesDirectory.Filter(
                        Optional.ofNullable(row.getString("cluster_id")),
                        Optional.ofNullable(row.getString("node_id")),
                        Optional.ofNullable(row.getString("metric_name")),
                        SeriesRows.labels(row.getJsonObject("labels")).pairs());
        return new Backfill.Request(
                filter,
                ids(row.getJsonArray("series_ids")),
                new TimeRange(
                        OffsetDateTime.parse(row.getString("range_from")).toInstant(),
                        OffsetDateTime.parse(row.getString("range_to")).toInstant()),
                Optional.ofNullable(row.getString("engine")),
                new Backfill.Overrides(
                        Optional.ofNullable(row.getDouble("threshold")),
                        Optional.ofNullable(row.getString("direction"))
                                .map(text ->
                                        DetectionSettings.Direction.valueOf(
                                                text.toUpperCase(Locale.ROOT))),
                        Optional.ofNullable(row.getDouble("min_absolute_deviation")),
                        Optional.ofNullable(row.getDouble("min_relative_deviation"))),
                Optional.ofNullable(row.getLong("warm_up_seconds")).map(Duration::ofSeconds),
                row.getBoolean("send_alerts"),
                Backfill.Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT)));
    }

    private static List<Long> ids(@Nullable JsonArray array) {
        if (array == null) {
            return List.of();
        }
        List<Long> ids = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            ids.add(array.getLong(i));
        }
        return ids;
    }

    private static Optional<Instant> time(JsonObject row, String column) {
        return Optional.ofNullable(row.getString(column))
                .map(text -> OffsetDateTime.parse(text).toInstant());
    }

    private static String label(DetectionSettings.Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }
}
