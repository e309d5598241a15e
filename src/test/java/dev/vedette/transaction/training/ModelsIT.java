package dev.vedette.transaction.training;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Models end to end, over HTTP: trained, tried in shadow, promoted, rolled back by hand and alone.
 */
@QuarkusTest
@TestProfile(ModelsIT.Attentive.class)
@WithTestResource(DatabaseTestResource.class)
final class ModelsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PAST = 1_500;
    private static final int FEW = 400;

    private final PaymentsApi api;
    private final TrainingStore trainings;
    private final WorkerTransaction workers;
    private final TenantId tenant = new TenantId("models-" + UUID.randomUUID());

    ModelsIT(PaymentsApi api, TrainingStore trainings, WorkerTransaction workers) {
        this.api = api;
        this.trainings = trainings;
        this.workers = workers;
    }

    /** Looks at volumes every second; trains nothing that was not asked for. */
    public static final class Attentive implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vedette.models.watch-interval", "PT1S", "vedette.models.scheduled", "false");
        }
    }

    private void awaitModel(String version) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertEquals(version, api.decide(tenant).getString("versions.model")));
    }

    @Test
    void trainedShadowedPromotedAndRolledBack() {
        api.sendPast(tenant, PAST);
        JsonPath first = api.train(tenant, "promote");
        assertEquals("completed", first.getString("state"), first.getString("failure"));
        assertEquals(1, first.getInt("version"));
        JsonPath model = api.model(tenant, 1);
        assertEquals("promoted", model.getString("state"));
        assertEquals("isolation-forest", model.getString("parameters.models"));
        assertEquals(PAST / 5, model.getDouble("metrics.judged"), 2);
        assertTrue(model.getDouble("metrics.alert_share") < 0.1);
        awaitModel("1");

        assertEquals(2, api.train(tenant, "shadow").getInt("version"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertTrue(api.decide(tenant).getMap("parts").containsKey("shadow:2")));
        assertEquals("1", api.decide(tenant).getString("versions.model"));
        assertTrue(api.model(tenant, 2).getInt("live.decisions") > 0);

        api.move(tenant, "2/promote").then().statusCode(200).body("state", equalTo("promoted"));
        awaitModel("2");
        api.move(tenant, "roll-back").then().statusCode(200).body("version", equalTo(1));
        awaitModel("1");
        api.move(tenant, "roll-back").then().statusCode(409);
        api.move(tenant, "99/promote").then().statusCode(404);
    }

    @Test
    void trialIsMeasuredByWhatPeopleSaid() {
        api.sendPast(tenant, PAST);
        api.judgeNewest(tenant, 20);
        api.train(tenant, "register");
        JsonPath model = api.model(tenant, 1);
        assertEquals(20, model.getDouble("metrics.labelled"));
        assertTrue(
                model.getMap("metrics").keySet().containsAll(Set.of("auroc", "average_precision")));
    }

    @Test
    void tooManyAlertsRollBackAlone() {
        api.sendPast(tenant, PAST);
        api.train(tenant, "promote");
        api.train(tenant, "promote");
        awaitModel("2");
        api.sendStrange(tenant, 200);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertEquals("promoted", api.model(tenant, 1).getString("state")));
        JsonPath broken = api.model(tenant, 2);
        assertEquals("retired", broken.getString("state"));
        assertTrue(
                broken.getString("note").startsWith("version 2 was rolled back: "),
                broken.getString("note"));
        awaitModel("1");
        String metrics = given().get("/q/metrics").asString();
        assertTrue(
                metrics.lines()
                        .anyMatch(line ->
                                line.startsWith(
                                                "vedette_model_corridor_left_total{action=\"rolled_back\"")
                                        && !line.endsWith(" 0.0")),
                metrics);
    }

    @Test
    void firstModelOfTheServiceIsTakenOutOfUseWhenItFlagsMostPayments() {
        api.sendPast(tenant, PAST);
        trainAlone(1, PAST);
        assertEquals("promoted", api.model(tenant, 1).getString("state"));
        api.sendStrange(tenant, 60);
        takeAllForStrange();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertEquals("retired", api.model(tenant, 1).getString("state")));
        String note = api.model(tenant, 1).getString("note");
        assertTrue(note.startsWith("version 1 was taken out of use: "), note);
        trainAlone(2, PAST);
        assertEquals("registered", api.model(tenant, 2).getString("state"), "it knows no more");
    }

    /** As a model does that has learnt from the first payments of many accounts. */
    private void takeAllForStrange() {
        workers.await(connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement(
                            "UPDATE transaction SET parts = parts || '{\"without_rules\": 0.9}'"
                                    + " WHERE tenant_id = ?")) {
                update.setString(1, tenant.value());
                return update.executeUpdate();
            }
        });
    }

    @Test
    void modelOfTheServiceFollowsOneThatLearntFromFarFewer() {
        api.sendPast(tenant, PAST);
        trainAlone(1, FEW);
        trainAlone(2, FEW);
        assertEquals("registered", api.model(tenant, 2).getString("state"));
        trainAlone(3, PAST);
        assertEquals("promoted", api.model(tenant, 3).getString("state"));
    }

    @Test
    void modelOfTheServiceWaitsWherePeopleHaveTakenModelsInHand() {
        api.sendPast(tenant, PAST);
        trainAlone(1, FEW);
        api.train(tenant, "register");
        trainAlone(3, PAST);
        assertEquals("registered", api.model(tenant, 3).getString("state"));
    }

    private void trainAlone(int version, int most) {
        TrainingRun.Request usual = TrainingRun.Request.USUALLY;
        TrainingRun.Request request =
                new TrainingRun.Request(usual.kinds(), usual.share(), most, usual.next());
        TrainingRun run = TrainingRun.queued(tenant, request, TrainingJob.SERVICE, Instant.now());
        trainings.create(run).await().indefinitely();
        await().atMost(PATIENCE)
                .until(() ->
                        trainings.find(tenant, run.id()).await().indefinitely().stream()
                                .anyMatch(one -> one.version().equals(OptionalInt.of(version))));
    }

    @Test
    void modelCutInHalfIsRefusedAndTheLastGoodOneGoesOn() {
        api.sendPast(tenant, PAST);
        api.train(tenant, "promote");
        api.train(tenant, "register");
        workers.await(connection -> {
            try (PreparedStatement cut =
                    connection.prepareStatement(
                            "UPDATE model_version SET artefact = substr(artefact, 1,"
                                    + " length(artefact) / 2) WHERE tenant_id = ? AND version = 2")) {
                cut.setString(1, tenant.value());
                return cut.executeUpdate();
            }
        });
        api.move(tenant, "2/promote")
                .then()
                .statusCode(409)
                .body("detail", containsString("model 2 cannot be read"));
        api.move(tenant, "2/shadow").then().statusCode(409);
        assertEquals("registered", api.model(tenant, 2).getString("state"));
        awaitModel("1");
    }

    @Test
    void trainingOfTooLittleFailsAndSaysSo() {
        api.sendPast(tenant, 60);
        JsonPath failed = api.train(tenant, "promote");
        assertEquals("failed", failed.getString("state"));
        assertEquals("training needs 100 transactions, has 48", failed.getString("failure"));
        assertEquals(
                0,
                api.as(tenant, Role.VIEWER)
                        .get(PaymentsApi.MODELS)
                        .jsonPath()
                        .getList("items")
                        .size());
    }

    @Test
    void wantedTrainingIsCheckedAtEachPlace() {
        api.as(tenant, Role.EDITOR)
                .body(
                        "{\"models\":[\"ecod\",\"magic\"],\"share\":1,\"transactions\":5,"
                                + "\"next\":\"win\"}")
                .post(PaymentsApi.MODELS + "/trainings")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/models/1", "/share", "/transactions", "/next"));
        api.as(tenant, Role.VIEWER)
                .body("{}")
                .post(PaymentsApi.MODELS + "/trainings")
                .then()
                .statusCode(403);
    }
}
