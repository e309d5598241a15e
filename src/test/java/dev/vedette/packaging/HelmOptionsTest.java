package dev.vedette.packaging;

import static dev.vedette.packaging.HelmChart.ofKind;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart adds when it is asked to: routes, backups, scaling by lag, dashboards. */
final class HelmOptionsTest {
    @TempDir static Path folder;
    private static List<JsonNode> plain = List.of();
    private static List<JsonNode> staging = List.of();
    private static List<JsonNode> prod = List.of();

    @BeforeAll
    static void render() {
        HelmChart chart = new HelmChart(folder);
        plain = chart.render();
        staging = chart.render(HelmChart.FOLDER.resolve("ci/staging-values.yaml"));
        prod = chart.render(HelmChart.FOLDER.resolve("ci/prod-values.yaml"));
    }

    @Test
    void nothingOfItIsThereUnasked() {
        for (String kind : List.of("HTTPRoute", "CronJob", "ScaledObject")) {
            assertEquals(List.of(), ofKind(plain, kind));
        }
        assertEquals(1, ofKind(plain, "ConfigMap").size());
        assertEquals(1, ofKind(plain, "Pod").size());
    }

    @Test
    void routeLeadsToTheServiceAndHidesProbesAndMetrics() {
        JsonNode route = ofKind(staging, "HTTPRoute").getFirst().path("spec");
        assertEquals("public", route.at("/parentRefs/0/name").asText());
        assertEquals("gateways", route.at("/parentRefs/0/namespace").asText());
        List<String> hidden = new ArrayList<>();
        for (JsonNode rule : route.path("rules")) {
            if (!rule.has("backendRefs")) {
                rule.path("matches").forEach(m -> hidden.add(m.at("/path/value").asText()));
            } else {
                assertEquals("/", rule.at("/matches/0/path/value").asText());
                assertEquals("prod-vedette", rule.at("/backendRefs/0/name").asText());
            }
        }
        assertEquals(List.of("/q/metrics", "/q/health"), hidden);
    }

    @Test
    void workersScaleByLagOfTheReleaseAndByCpu() {
        JsonNode scaler = ofKind(prod, "ScaledObject").getFirst().path("spec");
        assertEquals("prod-vedette-worker", scaler.at("/scaleTargetRef/name").asText());
        assertEquals(16, scaler.path("maxReplicaCount").asInt());
        assertEquals("cpu", scaler.at("/triggers/0/type").asText());
        JsonNode lag = scaler.at("/triggers/1");
        assertEquals("prometheus", lag.path("type").asText());
        assertEquals(
                "max(vedette_detection_lag_seconds{job=\"prod\"})",
                lag.at("/metadata/query").asText());
        assertEquals("30", lag.at("/metadata/threshold").asText());
    }

    @Test
    void backupIsWrittenToTheVolumeAndTheRestoreTestCannotReachTheService() {
        List<JsonNode> jobs = ofKind(prod, "CronJob");
        assertEquals(2, jobs.size());
        JsonNode backup = container(jobs.getFirst());
        assertEquals("[\"backup\",\"/backups\",\"--keep\",\"7\"]", backup.path("args").toString());
        assertTrue(backup.path("env").toString().contains("VEDETTE_DATABASE_URL"));
        JsonNode restore = container(jobs.getLast());
        assertEquals(
                "[\"restore\",\"/backups\",\"--data\",\"/scratch/data\"]",
                restore.path("args").toString());
        assertFalse(restore.has("env"), "it is not told of the service's database");
        for (JsonNode mount : restore.path("volumeMounts")) {
            assertEquals(
                    mount.path("name").asText().equals("backups"),
                    mount.path("readOnly").asBoolean());
        }
        for (JsonNode job : jobs) {
            assertEquals("Forbid", job.at("/spec/concurrencyPolicy").asText());
            assertTrue(job.at("/spec/jobTemplate/spec/activeDeadlineSeconds").asInt() > 0);
        }
    }

    @Test
    void everyRoleSendsItsTracesAndTheCollectorsCredentialIsASecret() {
        JsonNode settings =
                ofKind(prod, "ConfigMap").stream()
                        .filter(map -> map.at("/data").has("VEDETTE_TRACING_ENABLED"))
                        .findFirst()
                        .orElseThrow()
                        .path("data");
        assertEquals("true", settings.path("VEDETTE_TRACING_ENABLED").asText());
        assertEquals("0.05", settings.path("VEDETTE_TRACING_SAMPLE_RATIO").asText());
        assertEquals(
                "http://otel-collector.observability:4318",
                settings.path("VEDETTE_TRACING_ENDPOINT").asText());
        assertEquals(3, ofKind(prod, "Deployment").size());
        for (JsonNode deployment : ofKind(prod, "Deployment")) {
            assertTrue(
                    deployment
                            .toString()
                            .contains(
                                    "{\"name\":\"VEDETTE_TRACING_AUTHORIZATION\",\"valueFrom\":"
                                            + "{\"secretKeyRef\":{\"name\":\"vedette-traces\","
                                            + "\"key\":\"authorization\"}}}"),
                    deployment.toString());
        }
    }

    @Test
    void peopleAreToldByMailWithSecretsByReference() {
        JsonNode settings =
                ofKind(prod, "ConfigMap").stream()
                        .filter(map -> map.at("/data").has("VEDETTE_MAIL_HOST"))
                        .findFirst()
                        .orElseThrow()
                        .path("data");
        assertEquals("smtp.example.com", settings.path("VEDETTE_MAIL_HOST").asText());
        assertEquals("587", settings.path("VEDETTE_MAIL_PORT").asText());
        assertEquals("required", settings.path("VEDETTE_MAIL_START_TLS").asText());
        assertEquals("10.60.0.7/32", settings.path("VEDETTE_NOTIFIER_ALLOWED_TARGETS").asText());
        assertEquals("01-01,12-25,12-26", settings.path("VEDETTE_DETECTION_HOLIDAYS").asText());
        assertEquals(
                "https://vedette.example.com",
                settings.path("VEDETTE_ALERTING_PUBLIC_URL").asText());
        for (JsonNode deployment : ofKind(prod, "Deployment")) {
            String env = deployment.at("/spec/template/spec/containers/0/env").toString();
            boolean isWorker = deployment.at("/metadata/name").asText().endsWith("-worker");
            for (String name :
                    List.of(
                            "VEDETTE_MAIL_USERNAME",
                            "VEDETTE_MAIL_PASSWORD",
                            "VEDETTE_ALERTING_SECRET_KEY")) {
                assertEquals(
                        !isWorker,
                        env.contains("\"" + name + "\",\"valueFrom\":{\"secretKeyRef\""),
                        env);
            }
        }
    }

    @Test
    void onlyWhoSendsMessagesMayReachTheirReceivers() {
        JsonNode policy =
                ofKind(plain, "NetworkPolicy").stream()
                        .filter(p -> p.at("/metadata/name").asText().endsWith("-notifications"))
                        .findFirst()
                        .orElseThrow()
                        .path("spec");
        assertEquals(
                "[\"api\",\"notifier\"]",
                policy.at("/podSelector/matchExpressions/0/values").toString());
        List<Integer> ports = new ArrayList<>();
        policy.at("/egress/0/ports").forEach(port -> ports.add(port.path("port").asInt()));
        assertEquals(List.of(443, 587, 465), ports);
        assertTrue(
                ofKind(plain, "Deployment").stream()
                        .anyMatch(d -> d.at("/metadata/name").asText().endsWith("-notifier")));
    }

    @Test
    void smokeTestHasItsKeyByReference() {
        JsonNode pod =
                ofKind(staging, "Pod").stream()
                        .filter(p -> p.at("/metadata/name").asText().endsWith("-smoke"))
                        .findFirst()
                        .orElseThrow();
        JsonNode container = pod.at("/spec/containers/0");
        assertEquals(
                "[\"smoke\",\"--url\",\"http://prod-vedette:8080\"]",
                container.path("args").toString());
        assertEquals("VEDETTE_TOKEN", container.at("/env/0/name").asText());
        assertEquals("vedette-smoke", container.at("/env/0/valueFrom/secretKeyRef/name").asText());
    }

    @Test
    void dashboardsAreFoundByTheirLabel() {
        List<JsonNode> dashboards =
                ofKind(prod, "ConfigMap").stream()
                        .filter(map -> map.at("/metadata/labels").has("grafana_dashboard"))
                        .toList();
        assertEquals(5, dashboards.size());
        for (JsonNode map : dashboards) {
            boolean isOfTenants = map.at("/metadata/name").asText().contains("-tenant-");
            assertEquals(
                    isOfTenants ? "Tenants" : "Vedette",
                    map.at("/metadata/annotations/grafana_folder").asText());
            assertTrue(map.path("data").properties().size() == 1);
        }
    }

    private static JsonNode container(JsonNode cronJob) {
        return cronJob.at("/spec/jobTemplate/spec/template/spec/containers/0");
    }
}
