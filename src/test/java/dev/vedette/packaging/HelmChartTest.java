package dev.vedette.packaging;

import static dev.vedette.packaging.HelmChart.ofKind;
import static dev.vedette.packaging.HelmChart.podSpecs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart makes of its values, and which values it refuses. */
final class HelmChartTest {
    @TempDir static Path folder;
    private static HelmChart chart;

    @BeforeAll
    static void copyChart() {
        chart = new HelmChart(folder);
    }

    static Stream<Path> valueSets() {
        return HelmChart.valueSets();
    }

    static Stream<Path> wrongValues() throws IOException {
        try (Stream<Path> files = Files.list(HelmChart.FOLDER.resolve("tests/refused"))) {
            return files.sorted().toList().stream();
        }
    }

    @Test
    void lintHasNothingToSayOfTheDefaults() {
        var result = new Helm(HelmChart.FOLDER).lint().strict().call();
        assertFalse(result.isFailed(), () -> result.getMessages().toString());
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void everyObjectIsOneKubernetesKnows(Path values) {
        List<JsonNode> objects = chart.render(values);
        objects.forEach(KubernetesObjects::check);
        Set<String> names = new TreeSet<>();
        for (JsonNode object : objects) {
            String name = object.path("kind").asText() + "/" + object.at("/metadata/name").asText();
            assertTrue(names.add(name), () -> "twice: " + name);
        }
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void wrongValueIsRefusedWithItsReason(Path values) throws IOException {
        String expected = Files.readAllLines(values).getFirst().replaceFirst("# refused: ", "");
        var refusal = assertThrows(IllegalStateException.class, () -> chart.render(values));
        assertTrue(refusal.getMessage().contains(expected), refusal::getMessage);
    }

    @Test
    void twentyWrongValuesAndMoreAreTried() throws IOException {
        assertTrue(wrongValues().count() >= 20);
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void everyPodMeetsTheRestrictedProfile(Path values) {
        List<JsonNode> pods = podSpecs(chart.render(values));
        assertTrue(pods.size() >= 4, "api, worker, migration and test");
        for (JsonNode pod : pods) {
            assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
            assertTrue(pod.at("/securityContext/runAsUser").asInt() > 0);
            assertEquals("RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
            assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
            for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
                assertFalse(pod.has(host));
            }
            pod.path("volumes")
                    .forEach(volume ->
                            assertTrue(
                                    volume.has("emptyDir") || volume.has("persistentVolumeClaim")));
            for (JsonNode container : pod.path("containers")) {
                JsonNode security = container.path("securityContext");
                assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true));
                assertTrue(security.path("readOnlyRootFilesystem").asBoolean());
                assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString());
                assertFalse(security.at("/capabilities").has("add"));
                assertTrue(container.at("/resources/requests").has("cpu"));
                assertTrue(container.at("/resources/requests").has("memory"));
                assertTrue(container.at("/resources/limits").has("memory"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void everyDeploymentIsProbedAndPlaysOneRole(Path values) {
        for (JsonNode deployment : ofKind(chart.render(values), "Deployment")) {
            JsonNode container = deployment.at("/spec/template/spec/containers/0");
            assertEquals("/q/health/started", container.at("/startupProbe/httpGet/path").asText());
            assertEquals("/q/health/live", container.at("/livenessProbe/httpGet/path").asText());
            assertEquals("/q/health/ready", container.at("/readinessProbe/httpGet/path").asText());
            assertEquals("[\"serve\",\"--no-migrate\"]", container.path("args").toString());
            assertEquals(
                    deployment.at("/metadata/labels").path("app.kubernetes.io/component").asText(),
                    env(container, "VEDETTE_ROLES").path("value").asText());
            assertEquals(2, deployment.at("/spec/template/spec/topologySpreadConstraints").size());
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void secretsComeByReferenceOnly(Path values) {
        List<JsonNode> objects = chart.render(values);
        assertEquals(List.of(), ofKind(objects, "Secret"));
        for (JsonNode deployment : ofKind(objects, "Deployment")) {
            JsonNode container = deployment.at("/spec/template/spec/containers/0");
            for (String name : List.of("VEDETTE_DATABASE_URL", "VEDETTE_HTTP_SIGNING_KEY")) {
                JsonNode variable = env(container, name);
                assertFalse(variable.has("value"));
                assertTrue(variable.at("/valueFrom/secretKeyRef").has("key"));
            }
        }
    }

    @Test
    void migrationRunsBeforeInstallAndUpgradeAndUsesNothingOfTheRelease() {
        JsonNode job = ofKind(chart.render(), "Job").getFirst();
        assertEquals(
                "pre-install,pre-upgrade",
                job.at("/metadata/annotations").path(HelmChart.HOOK).asText());
        JsonNode pod = job.at("/spec/template/spec");
        assertEquals("[\"migrate\"]", pod.at("/containers/0/args").toString());
        assertFalse(pod.has("serviceAccountName"));
        assertFalse(pod.at("/containers/0").has("envFrom"));
    }

    @Test
    void autoscalerOwnsTheNumberOfPods() {
        List<JsonNode> objects = chart.render(HelmChart.FOLDER.resolve("ci/prod-values.yaml"));
        List<JsonNode> scalers = new ArrayList<>(ofKind(objects, "HorizontalPodAutoscaler"));
        scalers.addAll(ofKind(objects, "ScaledObject"));
        assertEquals(2, scalers.size());
        for (JsonNode scaler : scalers) {
            String target = scaler.at("/spec/scaleTargetRef/name").asText();
            List<JsonNode> scaled =
                    ofKind(objects, "Deployment").stream()
                            .filter(d -> d.at("/metadata/name").asText().equals(target))
                            .toList();
            assertEquals(1, scaled.size(), target);
            assertFalse(scaled.getFirst().path("spec").has("replicas"));
        }
    }

    @ParameterizedTest
    @MethodSource("valueSets")
    void everySelectorFindsPods(Path values) {
        List<JsonNode> objects = chart.render(values);
        List<JsonNode> labels = new ArrayList<>();
        objects.forEach(o -> labels.add(o.at("/spec/template/metadata/labels")));
        ofKind(objects, "CronJob")
                .forEach(o -> labels.add(o.at("/spec/jobTemplate/spec/template/metadata/labels")));
        ofKind(objects, "Pod").forEach(pod -> labels.add(pod.at("/metadata/labels")));
        for (JsonNode object : objects) {
            for (String pointer :
                    List.of(
                            "/spec/podSelector/matchLabels",
                            object.path("kind").asText().equals("Service")
                                    ? "/spec/selector"
                                    : "/spec/selector/matchLabels")) {
                JsonNode wanted = object.at(pointer);
                if (wanted.isObject() && !object.path("kind").asText().equals("ServiceMonitor")) {
                    assertTrue(
                            labels.stream().anyMatch(found -> holds(found, wanted)),
                            () -> "selects nothing: " + object);
                }
            }
        }
    }

    @Test
    void everythingIsDeniedButWhatIsNamed() {
        List<JsonNode> policies = ofKind(chart.render(), "NetworkPolicy");
        JsonNode deny = named(policies, "prod-vedette-default-deny");
        assertEquals("[\"Ingress\",\"Egress\"]", deny.at("/spec/policyTypes").toString());
        assertFalse(deny.path("spec").has("ingress") || deny.path("spec").has("egress"));
        JsonNode database = named(policies, "prod-vedette-egress-database");
        assertEquals(5432, database.at("/spec/egress/0/ports/0/port").asInt());
        named(policies, "prod-vedette-egress-dns");
        named(policies, "prod-vedette-ingress-api");
    }

    @Test
    void prometheusFindsEveryPodThroughTheHeadlessService() {
        List<JsonNode> objects = chart.render(HelmChart.FOLDER.resolve("ci/prod-values.yaml"));
        JsonNode monitor = ofKind(objects, "ServiceMonitor").getFirst();
        JsonNode metrics = named(ofKind(objects, "Service"), "prod-vedette-metrics");
        JsonNode wanted = monitor.at("/spec/selector/matchLabels");
        assertTrue(holds(metrics.at("/metadata/labels"), wanted));
        JsonNode api = named(ofKind(objects, "Service"), "prod-vedette");
        assertFalse(holds(api.at("/metadata/labels"), wanted), "each pod once");
        JsonNode endpoint = monitor.at("/spec/endpoints/0");
        assertEquals(metrics.at("/spec/ports/0/name"), endpoint.path("port"));
        assertEquals("/q/metrics", endpoint.path("path").asText());
        for (JsonNode deployment : ofKind(objects, "Deployment")) {
            JsonNode labels = deployment.at("/spec/template/metadata/labels");
            assertTrue(holds(labels, metrics.at("/spec/selector")));
        }
        // the job of the alerts
        assertEquals(
                "prod",
                metrics.at("/metadata/labels")
                        .path(monitor.at("/spec/jobLabel").asText())
                        .asText());
    }

    private static JsonNode env(JsonNode container, String name) {
        for (JsonNode variable : container.path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable;
            }
        }
        throw new AssertionError("no " + name + " in " + container);
    }

    private static JsonNode named(List<JsonNode> objects, String name) {
        return objects.stream()
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no object " + name));
    }

    private static boolean holds(JsonNode labels, JsonNode wanted) {
        return wanted.propertyStream()
                .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }
}
