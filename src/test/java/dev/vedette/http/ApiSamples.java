package dev.vedette.http;

import dev.vedette.tenant.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One well-formed call of every operation of the API: THE place to add to when a route is added;
 * {@link ApiSurfaceIT} fails until that is done, and then tries the route with the wrong
 * credentials, the wrong tenant and hostile inputs.
 */
final class ApiSamples {
    private static final String PROMETHEUS = "/api/v1/prometheus/api/v1";

    /** Path parameters stand for ids of tenant A, see {@link ApiWorld#idOf}. */
    static final List<ApiSample> ALL =
            List.of(
                    // write
                    of(Role.INGEST, "POST", "/api/v1/metrics")
                            .json(
                                    "{\"series\":[{\"cluster_id\":\"c\",\"node_id\":\"n\","
                                            + "\"metric_name\":\"m\",\"points\":[[1795248060000,1]]}]}"),
                    of(Role.INGEST, "POST", "/api/v1/write").body("application/x-protobuf", "-"),
                    of(Role.INGEST, "POST", "/v1/metrics").body("application/x-protobuf", ""),
                    of(Role.INGEST, "POST", "/api/v1/influx/write").body("text/plain", "m v=1"),
                    of(Role.INGEST, "POST", "/api/v2/write").body("text/plain", "m v=1"),
                    of(Role.VIEWER, "GET", "/api/v1/label-mappings"),
                    of(Role.EDITOR, "PUT", "/api/v1/label-mappings/{dialect}")
                            .json("{\"node_labels\":[\"node\"]}"),
                    of(Role.EDITOR, "DELETE", "/api/v1/label-mappings/{dialect}"),
                    // read
                    of(Role.VIEWER, "GET", "/api/v1/series"),
                    of(Role.VIEWER, "GET", "/api/v1/metrics")
                            .with("cluster_id", ApiWorld.SECRET)
                            .with("node_id", "n1")
                            .with("metric_name", "cpu"),
                    of(Role.VIEWER, "GET", "/api/v1/peers")
                            .with("cluster_id", ApiWorld.SECRET)
                            .with("metric_name", "cpu"),
                    of(Role.VIEWER, "GET", "/api/v1/anomalies"),
                    of(Role.VIEWER, "GET", "/api/v1/anomalies/{id}"),
                    of(Role.VIEWER, "GET", "/api/v1/anomalies/{id}/feedback"),
                    of(Role.ANALYST, "POST", "/api/v1/anomalies/{id}/feedback")
                            .json("{\"verdict\":\"confirmed\"}"),
                    of(Role.VIEWER, "GET", "/api/v1/incidents"),
                    of(Role.VIEWER, "GET", "/api/v1/incidents/{id}"),
                    of(Role.ANALYST, "POST", "/api/v1/incidents/{id}/actions")
                            .json("{\"action\":\"acknowledge\",\"note\":\"mine\"}"),
                    of(Role.VIEWER, "GET", "/api/v1/engines"),
                    of(Role.VIEWER, "GET", "/api/v1/health"),
                    of(Role.VIEWER, "GET", "/api/v1/rank").with("level", "node"),
                    of(Role.VIEWER, "GET", "/api/v1/scores").with("level", "node"),
                    of(Role.VIEWER, "GET", "/api/v1/window-analysis"),
                    of(Role.VIEWER, "GET", "/api/v1/events").endless(),
                    // read, as Prometheus does
                    of(Role.VIEWER, "GET", PROMETHEUS + "/query").with("query", "up"),
                    of(Role.VIEWER, "POST", PROMETHEUS + "/query").form("query=up"),
                    of(Role.VIEWER, "GET", PROMETHEUS + "/query_range").with("query", "up"),
                    of(Role.VIEWER, "POST", PROMETHEUS + "/query_range")
                            .form("query=up&start=0&end=60&step=15"),
                    of(Role.VIEWER, "GET", PROMETHEUS + "/labels"),
                    of(Role.VIEWER, "POST", PROMETHEUS + "/labels").form("match[]=up"),
                    of(Role.VIEWER, "GET", PROMETHEUS + "/label/{label}/values"),
                    of(Role.VIEWER, "GET", PROMETHEUS + "/series").with("match[]", "up"),
                    of(Role.VIEWER, "POST", PROMETHEUS + "/series").form("match[]=up"),
                    of(Role.VIEWER, "GET", PROMETHEUS + "/metadata"),
                    of(Role.VIEWER, "GET", PROMETHEUS + "/status/buildinfo"),
                    // ask
                    of(Role.VIEWER, "POST", "/api/v1/detect")
                            .json("{\"series\":{\"points\":[[0,1],[60000,2]]}}"),
                    of(Role.VIEWER, "POST", "/api/v1/explain")
                            .json(
                                    "{\"series\":{\"points\":[[0,1],[60000,2]]},"
                                            + "\"window\":{\"start\":\"0\",\"end\":\"60000\"}}"),
                    of(Role.VIEWER, "GET", "/api/v1/why")
                            .with("cluster_id", ApiWorld.SECRET)
                            .with("node_id", "n1")
                            .with("metric_name", "cpu"),
                    // thresholds
                    of(Role.VIEWER, "GET", "/api/v1/thresholds"),
                    of(Role.EDITOR, "POST", "/api/v1/thresholds")
                            .json("{\"name\":\"sample\",\"threshold\":0.7}"),
                    of(Role.VIEWER, "GET", "/api/v1/thresholds/effective"),
                    of(Role.VIEWER, "POST", "/api/v1/thresholds/preview")
                            .json("{\"rule\":{\"threshold\":0.7}}"),
                    of(Role.VIEWER, "POST", "/api/v1/thresholds/suggestion")
                            .json("{\"alarms_per_week\":0.5}"),
                    of(Role.VIEWER, "GET", "/api/v1/thresholds/{name}"),
                    of(Role.EDITOR, "PUT", "/api/v1/thresholds/{name}").json("{\"threshold\":0.7}"),
                    of(Role.EDITOR, "DELETE", "/api/v1/thresholds/{name}"),
                    of(Role.EDITOR, "POST", "/api/v1/thresholds/{name}/roll-back"),
                    of(Role.VIEWER, "GET", "/api/v1/backtests"),
                    of(Role.VIEWER, "POST", "/api/v1/backtests")
                            .json("{\"rule\":{\"threshold\":0.7}}"),
                    of(Role.VIEWER, "GET", "/api/v1/backtests/{id}"),
                    of(Role.VIEWER, "DELETE", "/api/v1/backtests/{id}"),
                    // transactions
                    of(Role.INGEST, "POST", "/api/v1/transactions")
                            .json(
                                    "{\"transactions\":[{\"transaction_id\":\"p1\","
                                            + "\"account_id\":\"a1\",\"amount\":5,"
                                            + "\"currency\":\"EUR\",\"time\":1795248060000}]}"),
                    of(Role.VIEWER, "GET", "/api/v1/transactions"),
                    of(Role.VIEWER, "GET", "/api/v1/transactions/{id}"),
                    of(Role.ANALYST, "POST", "/api/v1/transactions/{id}/feedback")
                            .json("{\"verdict\":\"fraud\",\"comment\":\"card was stolen\"}"),
                    of(Role.VIEWER, "GET", "/api/v1/transactions/{id}/feedback"),
                    of(Role.VIEWER, "GET", "/api/v1/reviews"),
                    of(Role.VIEWER, "GET", "/api/v1/reviews/precision"),
                    of(Role.EDITOR, "GET", "/api/v1/dead-letters"),
                    of(Role.VIEWER, "GET", "/api/v1/transaction-schema"),
                    of(Role.EDITOR, "PUT", "/api/v1/transaction-schema")
                            .json("{\"other_attributes\":true}"),
                    of(Role.VIEWER, "GET", "/api/v1/transaction-schema/versions"),
                    of(Role.VIEWER, "GET", "/api/v1/transaction-features"),
                    of(Role.EDITOR, "PUT", "/api/v1/transaction-features")
                            .json(
                                    "{\"features\":[{\"name\":\"count_1h\",\"function\":\"count\","
                                            + "\"entity\":\"account\",\"window\":\"1h\"}]}"),
                    of(Role.VIEWER, "GET", "/api/v1/transaction-features/versions"),
                    of(Role.VIEWER, "GET", "/api/v1/features"),
                    of(Role.VIEWER, "GET", "/api/v1/models"),
                    of(Role.EDITOR, "POST", "/api/v1/models")
                            .body("application/octet-stream", "no model"),
                    of(Role.VIEWER, "GET", "/api/v1/models/{version}"),
                    of(Role.VIEWER, "GET", "/api/v1/models/{version}/file"),
                    of(Role.EDITOR, "POST", "/api/v1/models/trainings")
                            .json("{\"next\":\"shadow\"}"),
                    of(Role.VIEWER, "GET", "/api/v1/models/trainings"),
                    of(Role.VIEWER, "GET", "/api/v1/models/trainings/{id}"),
                    of(Role.EDITOR, "POST", "/api/v1/models/{version}/promote"),
                    of(Role.EDITOR, "POST", "/api/v1/models/{version}/shadow"),
                    of(Role.EDITOR, "POST", "/api/v1/models/{version}/retire"),
                    of(Role.EDITOR, "POST", "/api/v1/models/roll-back"),
                    of(Role.VIEWER, "GET", "/api/v1/rules"),
                    of(Role.EDITOR, "POST", "/api/v1/rules")
                            .json(
                                    "{\"name\":\"sample\",\"expression\":\"amount > 1000\","
                                            + "\"score\":0.8}"),
                    of(Role.VIEWER, "GET", "/api/v1/rules/{name}"),
                    of(Role.EDITOR, "PUT", "/api/v1/rules/{name}")
                            .json("{\"expression\":\"amount > 1000\",\"score\":0.8}"),
                    of(Role.EDITOR, "DELETE", "/api/v1/rules/{name}"),
                    of(Role.EDITOR, "POST", "/api/v1/rules/{name}/publish"),
                    of(Role.VIEWER, "GET", "/api/v1/rules/{name}/versions"),
                    of(Role.VIEWER, "GET", "/api/v1/rules/{name}/diff"),
                    of(Role.VIEWER, "POST", "/api/v1/rules/validate")
                            .json("{\"expression\":\"amount > 1000\"}"),
                    of(Role.VIEWER, "POST", "/api/v1/rules/backtest")
                            .json("{\"expression\":\"amount > 1000\"}"),
                    // tell
                    of(Role.VIEWER, "GET", "/api/v1/routes"),
                    of(Role.EDITOR, "POST", "/api/v1/routes")
                            .json("{\"name\":\"sample\",\"channels\":[\"nowhere\"]}"),
                    of(Role.VIEWER, "GET", "/api/v1/routes/{name}"),
                    of(Role.EDITOR, "PUT", "/api/v1/routes/{name}")
                            .json("{\"channels\":[\"nowhere\"]}"),
                    of(Role.EDITOR, "DELETE", "/api/v1/routes/{name}"),
                    of(Role.VIEWER, "GET", "/api/v1/channels"),
                    of(Role.EDITOR, "POST", "/api/v1/channels")
                            .json(
                                    "{\"name\":\"sample\",\"kind\":\"email\","
                                            + "\"to\":[\"ops@example.org\"]}"),
                    of(Role.VIEWER, "GET", "/api/v1/channels/{name}"),
                    of(Role.EDITOR, "PUT", "/api/v1/channels/{name}")
                            .json("{\"kind\":\"email\",\"to\":[\"ops@example.org\"]}"),
                    of(Role.EDITOR, "DELETE", "/api/v1/channels/{name}"),
                    of(Role.EDITOR, "POST", "/api/v1/channels/{name}/test"),
                    of(Role.VIEWER, "GET", "/api/v1/silences"),
                    of(Role.ANALYST, "POST", "/api/v1/silences")
                            .json(
                                    "{\"matchers\":[\"cluster=c\"],\"reason\":\"patches\","
                                            + "\"duration_seconds\":60}"),
                    of(Role.VIEWER, "POST", "/api/v1/silences/preview")
                            .json(
                                    "{\"silence\":{\"matchers\":[\"cluster=c\"],"
                                            + "\"reason\":\"patches\",\"duration_seconds\":60}}"),
                    of(Role.ANALYST, "POST", "/api/v1/silences/import")
                            .json(
                                    "{\"prefix\":\"sample\",\"calendar\":\"BEGIN:VCALENDAR\\n"
                                            + "BEGIN:VEVENT\\nDTSTART;VALUE=DATE:20261225\\n"
                                            + "END:VEVENT\\nEND:VCALENDAR\"}"),
                    of(Role.VIEWER, "GET", "/api/v1/silences/{name}"),
                    of(Role.ANALYST, "PUT", "/api/v1/silences/{name}")
                            .json(
                                    "{\"matchers\":[\"cluster=c\"],\"reason\":\"patches\","
                                            + "\"duration_seconds\":60}"),
                    of(Role.ANALYST, "DELETE", "/api/v1/silences/{name}"),
                    of(Role.VIEWER, "GET", "/api/v1/alerts"),
                    of(Role.VIEWER, "GET", "/api/v1/alerts/states")
                            .with("incident_id", "00000000-0000-0000-0000-000000000000"),
                    of(Role.VIEWER, "GET", "/api/v1/alerts/{id}"),
                    of(Role.EDITOR, "POST", "/api/v1/alerts/{id}/replay"),
                    of(Role.VIEWER, "GET", "/api/v1/feedback"),
                    of(Role.ANALYST, "POST", "/api/v1/feedback")
                            .json(
                                    "{\"incident_id\":\"00000000-0000-0000-0000-000000000000\","
                                            + "\"verdict\":\"confirmed\"}"),
                    of(Role.VIEWER, "GET", "/api/v1/feedback/budget"),
                    of(Role.VIEWER, "GET", "/api/v1/feedback/suggestions"),
                    of(Role.EDITOR, "POST", "/api/v1/feedback/suggestions/{id}/apply"),
                    of(Role.EDITOR, "POST", "/api/v1/feedback/suggestions/{id}/dismiss"),
                    of(Role.EDITOR, "POST", "/api/v1/feedback/suggestions/{id}/reopen"),
                    of(Role.ANALYST, "DELETE", "/api/v1/feedback/{id}"),
                    open("GET", "/feedback/{link}"),
                    open("POST", "/feedback/{link}"),
                    // run
                    of(Role.VIEWER, "GET", "/api/v1/backfills"),
                    of(Role.EDITOR, "POST", "/api/v1/backfills")
                            .json(
                                    "{\"from\":\"2026-11-20T00:00:00Z\","
                                            + "\"to\":\"2026-11-20T01:00:00Z\"}"),
                    of(Role.VIEWER, "GET", "/api/v1/backfills/{id}"),
                    of(Role.EDITOR, "DELETE", "/api/v1/backfills/{id}"),
                    of(Role.EDITOR, "POST", "/api/v1/backfills/{id}/resume"),
                    // access
                    open("GET", "/api/v1/session").as(Role.VIEWER),
                    open("DELETE", "/api/v1/session"),
                    open("POST", "/api/v1/session").form("username=nobody&password=nothing"),
                    of(Role.ADMIN, "GET", "/api/v1/api-keys"),
                    of(Role.ADMIN, "POST", "/api/v1/api-keys")
                            .json("{\"name\":\"collector\",\"roles\":[\"ingest\"]}"),
                    of(Role.ADMIN, "DELETE", "/api/v1/api-keys/{id}"),
                    of(Role.ADMIN, "POST", "/api/v1/api-keys/{id}/rotate")
                            .json("{\"overlap\":\"PT1H\"}"),
                    of(Role.ADMIN, "GET", "/api/v1/users"),
                    of(Role.ADMIN, "POST", "/api/v1/users")
                            .json(
                                    "{\"name\":\"new@example.org\",\"role\":\"viewer\","
                                            + "\"password\":\"four plain words here\"}"),
                    of(Role.ADMIN, "PATCH", "/api/v1/users/{name}").json("{\"role\":\"editor\"}"),
                    of(Role.VIEWER, "POST", "/api/v1/users/me/password")
                            .json(
                                    "{\"old_password\":\"four plain words here\","
                                            + "\"new_password\":\"four other words here\"}"),
                    of(Role.ADMIN, "GET", "/api/v1/retention"),
                    of(Role.ADMIN, "PUT", "/api/v1/retention").json("{\"anomalies\":\"P100D\"}"),
                    of(Role.ADMIN, "GET", "/api/v1/audit"),
                    of(Role.VIEWER, "GET", "/api/v1/usage"),
                    // platform
                    of(Role.PLATFORM_ADMIN, "GET", "/api/v1/tenants"),
                    of(Role.PLATFORM_ADMIN, "POST", "/api/v1/tenants")
                            .json("{\"id\":\"sample\",\"name\":\"Sample\"}"),
                    of(Role.PLATFORM_ADMIN, "GET", "/api/v1/tenants/{id}"),
                    of(Role.PLATFORM_ADMIN, "PATCH", "/api/v1/tenants/{id}")
                            .json("{\"limits\":{\"max_series\":1000}}"));

    private ApiSamples() {}

    private static ApiSample of(Role role, String method, String path) {
        return new ApiSample(method, path, Optional.of(role), Map.of(), "", "", false);
    }

    private static ApiSample open(String method, String path) {
        return new ApiSample(method, path, Optional.empty(), Map.of(), "", "", false);
    }
}
