package dev.vedette.transaction.mlflow;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.scoring.ModelStore;
import dev.vedette.transaction.training.PaymentsApi;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A real MLflow server, seen from both sides: Vedette's API and MLflow's own. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(MlflowServer.class)
@EnabledIfEnvironmentVariable(named = MlflowServer.PYTHON, matches = ".+")
final class MlflowIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final PaymentsApi api;
    private final ModelStore models;
    private final TenantId tenant = new TenantId("mlflow-" + UUID.randomUUID());

    MlflowIT(PaymentsApi api, ModelStore models) {
        this.api = api;
        this.models = models;
    }

    private static JsonPath mlflow(String call, String key, String value) {
        return given().queryParam(key, value)
                .get(MlflowServer.url("/api/2.0/mlflow/" + call))
                .jsonPath();
    }

    private Map<String, String> aliases() {
        List<Map<String, String>> all =
                mlflow("registered-models/get", "name", "vedette." + tenant.value())
                        .getList("registered_model.aliases");
        return all == null
                ? Map.of()
                : all.stream()
                        .collect(
                                Collectors.toMap(
                                        one -> one.get("alias"), one -> one.get("version")));
    }

    private void awaitAliases(Map<String, String> wanted) {
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(wanted, aliases()));
    }

    @Test
    void trainedPromotedAndRolledBackModelsAreToldAlsoAfterTheServerWasAway()
            throws InterruptedException {
        api.sendPast(tenant, 1_000);
        assertEquals(1, api.train(tenant, "promote").getInt("version"));
        awaitAliases(Map.of("champion", "1"));
        assertEquals("1", api.model(tenant, 1).getString("mlflow_version"));
        runHasWhatTheVersionHas();

        assertEquals(2, api.train(tenant, "shadow").getInt("version"));
        awaitAliases(Map.of("champion", "1", "challenger", "2"));
        api.move(tenant, "2/promote").then().statusCode(200);
        awaitAliases(Map.of("champion", "2"));
        api.move(tenant, "roll-back").then().statusCode(200);
        awaitAliases(Map.of("champion", "1"));

        MlflowServer.kill();
        assertEquals(3, api.train(tenant, "promote").getInt("version"));
        await().atMost(PATIENCE).until(() -> metric("vedette_mlflow_available") == 0);
        assertEquals("3", decided());
        assertEquals(null, api.model(tenant, 3).getString("mlflow_version"));
        MlflowServer.launch();
        awaitAliases(Map.of("champion", "3"));
        await().atMost(PATIENCE).until(() -> metric("vedette_mlflow_available") == 1);
        assertTrue(metric("vedette_mlflow_publications_total{outcome=\"failed\"") > 0);
    }

    private String decided() {
        await().atMost(PATIENCE)
                .until(() -> "3".equals(api.decide(tenant).getString("versions.model")));
        return api.decide(tenant).getString("versions.model");
    }

    private void runHasWhatTheVersionHas() {
        String experiment =
                mlflow("experiments/get-by-name", "experiment_name", "vedette/" + tenant.value())
                        .getString("experiment.experiment_id");
        JsonPath run =
                given().contentType("application/json")
                        .body(Map.of("experiment_ids", List.of(experiment)))
                        .post(MlflowServer.url("/api/2.0/mlflow/runs/search"))
                        .jsonPath();
        assertEquals(1, run.getList("runs").size());
        assertEquals("FINISHED", run.getString("runs[0].info.status"));
        assertEquals(
                "isolation-forest",
                run.getString("runs[0].data.params.find { it.key == 'models' }.value"));
        assertEquals(
                api.model(tenant, 1).getDouble("metrics.alert_share"),
                run.getDouble("runs[0].data.metrics.find { it.key == 'alert_share' }.value"),
                1e-6);
        byte[] file =
                given().get(
                                MlflowServer.url(
                                        "/api/2.0/mlflow-artifacts/artifacts/%s/%s/artifacts/model.bin"
                                                .formatted(
                                                        experiment,
                                                        run.getString("runs[0].info.run_id"))))
                        .asByteArray();
        assertArrayEquals(models.artefact(tenant, 1).await().atMost(PATIENCE).orElseThrow(), file);
    }

    private static double metric(String name) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
