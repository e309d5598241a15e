package dev.vedette.timescale;

import dev.vedette.detection.Verdicts.Verdict;
import dev.vedette.detection.backtest.Backtest;
import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.engine.DetectionSettings.Direction;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.scheduling.JobState;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Backtests and what they found as JSON, which both drivers read and write. */
final class BacktestRows {
    private BacktestRows() {}

    /** The change. */
    static JsonObject json(ThresholdRule rule) {
        ThresholdScope scope = rule.scope();
        ThresholdFields fields = rule.fields();
        JsonObject row =
                new JsonObject()
                        .put("name", rule.name())
                        .put("revision", rule.revision())
                        .put("changed_by", rule.changedBy())
                        .put("changed_at", rule.changedAt().toString())
                        .put("whole_node", scope.wholeNode());
        scope.family().ifPresent(family -> row.put("family", family.id()));
        scope.metricName().ifPresent(name -> row.put("metric_name", name));
        scope.clusterId().ifPresent(name -> row.put("cluster_id", name));
        scope.nodeId().ifPresent(name -> row.put("node_id", name));
        scope.labels().ifPresent(labels -> row.put("labels", SeriesRows.json(labels)));
        fields.threshold().ifPresent(value -> row.put("threshold", value));
        fields.alarmsPerWeek().ifPresent(value -> row.put("alarms_per_week", value));
        fields.direction().ifPresent(side -> row.put("direction", side.name()));
        fields.minAbsoluteDeviation().ifPresent(value -> row.put("min_absolute_deviation", value));
        fields.minRelativeDeviation().ifPresent(value -> row.put("min_relative_deviation", value));
        fields.engine().ifPresent(id -> row.put("engine", id));
        return row;
    }

    private static ThresholdRule rule(JsonObject row) {
        return new ThresholdRule(
                row.getString("name"),
                new ThresholdScope(
                        text(row, "family").flatMap(MetricFamily::ofId),
                        text(row, "metric_name"),
                        text(row, "cluster_id"),
                        text(row, "node_id"),
                        Optional.ofNullable(row.getJsonObject("labels")).map(SeriesRows::labels),
                        row.getBoolean("whole_node")),
                new ThresholdFields(
                        number(row, "threshold"),
                        number(row, "alarms_per_week"),
                        text(row, "direction").map(Direction::valueOf),
                        number(row, "min_absolute_deviation"),
                        number(row, "min_relative_deviation"),
                        text(row, "engine")),
                row.getLong("revision"),
                row.getString("changed_by"),
                Instant.parse(row.getString("changed_at")));
    }

    /** The backtest of a row. */
    static BacktestRun of(JsonObject row) {
        return new BacktestRun(
                new TenantId(row.getString("tenant_id")),
                UUID.fromString(row.getString("id")),
                rule(row.getJsonObject("rule")),
                new TimeRange(time(row.getString("range_from")), time(row.getString("range_to"))),
                row.getString("created_by"),
                time(row.getString("created_at")),
                new BacktestRun.Progress(
                        JobState.of(row.getString("state")),
                        row.getJsonArray("series_ids").size(),
                        row.getInteger("series_done"),
                        text(row, "failure"),
                        text(row, "started_at").map(BacktestRows::time),
                        text(row, "ended_at").map(BacktestRows::time)));
    }

    /** What was found on a series. */
    static JsonObject json(Backtest.OfSeries found) {
        JsonArray real = new JsonArray();
        for (Verdict word : found.real()) {
            real.add(
                    new JsonObject()
                            .put("from", word.from().toString())
                            .put("to", word.to().toString()));
        }
        return new JsonObject()
                .put("now", alarms(found.now()))
                .put("then", alarms(found.then()))
                .put("real", real);
    }

    private static JsonArray alarms(List<Backtest.Alarm> alarms) {
        JsonArray all = new JsonArray();
        for (Backtest.Alarm alarm : alarms) {
            JsonObject one =
                    new JsonObject()
                            .put("start", alarm.start().toString())
                            .put("end", alarm.end().toString())
                            .put("score", alarm.score())
                            .put("shared", alarm.isShared());
            alarm.isReal().ifPresent(real -> one.put("real", real));
            all.add(one);
        }
        return all;
    }

    /** The same from its JSON. */
    static Backtest.OfSeries found(Series series, JsonObject found) {
        return new Backtest.OfSeries(
                series,
                alarms(found.getJsonArray("now")),
                alarms(found.getJsonArray("then")),
                found.getJsonArray("real").stream()
                        .map(JsonObject.class::cast)
                        .map(word ->
                                new Verdict(
                                        series.id(),
                                        Instant.parse(word.getString("from")),
                                        Instant.parse(word.getString("to")),
                                        true))
                        .toList());
    }

    private static List<Backtest.Alarm> alarms(JsonArray alarms) {
        return alarms.stream()
                .map(JsonObject.class::cast)
                .map(one ->
                        new Backtest.Alarm(
                                Instant.parse(one.getString("start")),
                                Instant.parse(one.getString("end")),
                                one.getDouble("score"),
                                Optional.ofNullable(one.getBoolean("real")),
                                one.getBoolean("shared")))
                .toList();
    }

    private static Optional<String> text(JsonObject row, String column) {
        return Optional.ofNullable(row.getString(column));
    }

    private static Optional<Double> number(JsonObject row, String column) {
        return Optional.ofNullable(row.getDouble(column));
    }

    private static Instant time(String column) {
        return OffsetDateTime.parse(column).toInstant();
    }
}
