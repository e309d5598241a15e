package dev.vedette.timescale;

import dev.vedette.alerting.Alert;
import dev.vedette.alerting.Delivery;
import dev.vedette.alerting.Notification;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.alerting.Setting;
import dev.vedette.detection.engine.Severity;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Alerts and deliveries as their rows in JSON, which both drivers take and give. */
final class AlertRows {
    private AlertRows() {}

    /** The row of an alert. */
    static JsonObject json(TenantId tenant, Alert alert) {
        JsonObject row =
                new JsonObject()
                        .put("tenant_id", tenant.value())
                        .put("route", alert.route())
                        .put("grp", alert.group())
                        .put("is_grouped", !isOfOne(alert))
                        .put("incidents", texts(alert.incidents()))
                        .put("phase", alert.phase().label())
                        .put("revision", alert.revision())
                        .put("since", alert.since().toString())
                        .put("is_escalated", alert.isEscalated())
                        .put("told", alert.told());
        put(row, "opened_at", alert.openedAt());
        put(row, "loud_at", alert.loudAt());
        put(row, "told_at", alert.toldAt());
        put(row, "over_at", alert.overAt());
        put(row, "look_at", alert.lookAt());
        alert.held().ifPresent(held -> row.put("held", held.label()));
        return row;
    }

    private static boolean isOfOne(Alert alert) {
        return alert.incidents().size() == 1
                && alert.group().equals(alert.incidents().getFirst().toString());
    }

    /** The alert of a row. */
    static Alert alert(JsonObject row) {
        return new Alert(
                row.getString("route"),
                row.getString("grp"),
                strings(row.getJsonArray("incidents")).stream().map(UUID::fromString).toList(),
                Alert.Phase.valueOf(upper(row, "phase")),
                row.getInteger("revision"),
                instant(row, "since"),
                time(row, "opened_at"),
                time(row, "loud_at"),
                time(row, "told_at"),
                time(row, "over_at"),
                row.getBoolean("is_escalated"),
                row.getString("told"),
                Optional.ofNullable(row.getString("held"))
                        .map(held -> Alert.Held.valueOf(held.toUpperCase(Locale.ROOT))),
                time(row, "look_at"));
    }

    /** What a message says, as stored. */
    static JsonObject json(Notification.Facts facts) {
        JsonObject json =
                new JsonObject()
                        .put("title", facts.title())
                        .put("words", facts.words())
                        .put("severity", facts.severity().label())
                        .put("status", facts.status().label())
                        .put("cluster", facts.cluster())
                        .put("nodes", new JsonArray(facts.nodes()))
                        .put("metrics", new JsonArray(facts.metrics()))
                        .put("node_count", facts.nodeCount())
                        .put("metric_count", facts.metricCount())
                        .put("anomalies", facts.anomalies())
                        .put("started_at", facts.startedAt().toString())
                        .put("score", facts.score());
        put(json, "resolved_at", facts.resolvedAt());
        return json;
    }

    private static Notification.Facts facts(JsonObject json) {
        return new Notification.Facts(
                json.getString("title"),
                json.getString("words"),
                Severity.valueOf(upper(json, "severity")),
                IncidentStatus.valueOf(upper(json, "status")),
                json.getString("cluster"),
                strings(json.getJsonArray("nodes")),
                strings(json.getJsonArray("metrics")),
                json.getInteger("node_count"),
                json.getInteger("metric_count"),
                json.getInteger("anomalies"),
                instant(json, "started_at"),
                time(json, "resolved_at"),
                json.getDouble("score"));
    }

    /** The delivery of a row. */
    static Delivery delivery(JsonObject row) {
        return new Delivery(
                new TenantId(row.getString("tenant_id")),
                UUID.fromString(row.getString("id")),
                row.getLong("seq"),
                row.getString("route"),
                row.getString("grp"),
                row.getString("channel"),
                UUID.fromString(row.getString("incident_id")),
                NotificationEvent.valueOf(upper(row, "event")),
                row.getInteger("revision"),
                facts(row.getJsonObject("facts")),
                instant(row, "planned_at"),
                Delivery.State.valueOf(upper(row, "state")),
                row.getInteger("attempts"),
                instant(row, "next_at"),
                time(row, "answered_at")
                        .map(at ->
                                new Delivery.Said(
                                        row.getInteger("code"), row.getString("said"), at)));
    }

    /** The setting of a row. */
    static Setting setting(JsonObject row) {
        return new Setting(
                Setting.Kind.valueOf(upper(row, "kind")),
                row.getString("name"),
                row.getString("document"),
                row.getLong("revision"),
                row.getString("changed_by"),
                instant(row, "changed_at"));
    }

    /** A time that is never null. */
    static Instant instant(JsonObject row, String column) {
        return OffsetDateTime.parse(row.getString(column)).toInstant();
    }

    /** A time that may be null. */
    static Optional<Instant> time(JsonObject row, String column) {
        return Optional.ofNullable(row.getString(column))
                .map(text -> OffsetDateTime.parse(text).toInstant());
    }

    private static void put(JsonObject row, String column, Optional<Instant> time) {
        time.ifPresent(at -> row.put(column, at.toString()));
    }

    private static JsonArray texts(List<UUID> ids) {
        return new JsonArray(ids.stream().map(UUID::toString).toList());
    }

    private static List<String> strings(JsonArray array) {
        return array.stream().map(String::valueOf).toList();
    }

    private static String upper(JsonObject row, String column) {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }
}
