package dev.vedette.transaction.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.simulation.Payments;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.HeldLock;
import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.decision.DecisionModel;
import dev.vedette.transaction.decision.DecisionSettings;
import dev.vedette.transaction.decision.Training;
import dev.vedette.transaction.feature.FeatureEngine;
import dev.vedette.transaction.feature.FeatureFunction;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.feature.FeatureSpec;
import dev.vedette.transaction.feature.FeatureWindow;
import dev.vedette.transaction.onnx.OnnxFiles;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Models that were trained elsewhere, over HTTP: brought, promoted, refused, rolled back. */
@QuarkusTest
@TestProfile(BroughtModelsIT.Quiet.class)
@WithTestResource(DatabaseTestResource.class)
final class BroughtModelsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FOREST =
            "format=onnx&stranger=low&features=amount_z,new_country,burst_1h,country_surprise";

    private static final String OWN = "format=vedette";

    private final PaymentsApi api;
    private final DataSource database;
    private final TenantId tenant = new TenantId("brought-" + UUID.randomUUID());

    BroughtModelsIT(PaymentsApi api, DataSource database) {
        this.api = api;
        this.database = database;
    }

    /** Trains nothing that was not asked for, and takes small files only. */
    public static final class Quiet implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "vedette.models.scheduled", "false", "vedette.models.largest-upload", "4M");
        }
    }

    private void awaitModel(String version) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertEquals(version, api.decide(tenant).getString("versions.model")));
    }

    private static byte[] own(FeatureSet features) {
        Instant now = Instant.now();
        List<Transaction> past =
                new Payments(7, 40, 1)
                                .stretch(
                                        now.minus(Duration.ofDays(9)).toEpochMilli(),
                                        now.toEpochMilli())
                                .stream()
                                .map(one ->
                                        new Transaction(
                                                one.id(),
                                                one.account(),
                                                Instant.ofEpochMilli(one.epochMillis()),
                                                one.amount(),
                                                "EUR",
                                                one.merchant(),
                                                one.country(),
                                                one.channel(),
                                                Attributes.NONE))
                                .toList();
        return new Training(features, DecisionModel.MODELS, 0.8, DecisionSettings.DEFAULT, 7)
                .learn(new FeatureEngine(features), past)
                .toBytes();
    }

    @Test
    void onnxModelDecidesIsShadowedAndRolledBackAsAnyOther() {
        api.sendPast(tenant, 1_000);
        api.train(tenant, "promote");
        awaitModel("1");
        api.bring(tenant, OnnxFiles.read("forest.onnx"), FOREST + "&next=promote")
                .then()
                .statusCode(201)
                .header("Location", endsWith("/api/v1/models/2"))
                .body("kind", equalTo("onnx"))
                .body("state", equalTo("promoted"))
                .body("parameters.brought_stranger", equalTo("low"));
        awaitModel("2");
        JsonPath decided = api.decide(tenant);
        double part = decided.getDouble("parts.models");
        assertTrue(part >= 0 && part < 1, "part " + part);
        JsonPath model = api.model(tenant, 2);
        assertEquals(200, model.getDouble("metrics.judged"), 5);
        assertTrue(model.getDouble("metrics.alert_share") < 0.2, model.prettify());

        api.move(tenant, "roll-back").then().statusCode(200).body("version", equalTo(1));
        awaitModel("1");
        api.move(tenant, "2/shadow").then().statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertTrue(api.decide(tenant).getMap("parts").containsKey("shadow:2")));
        // a feature that the shadow looks at cannot be dropped
        api.as(tenant, Role.EDITOR)
                .header("If-Match", "\"0\"")
                .body(
                        "{\"features\":[{\"name\":\"amount_z\",\"function\":\"amount_z\","
                                + "\"entity\":\"account\",\"judged\":true}]}")
                .put("/api/v1/transaction-features")
                .then()
                .statusCode(409);
    }

    @Test
    void unfitFilesAreRefusedWithARemedyAndTheLastGoodModelGoesOn() {
        byte[] forest = OnnxFiles.read("forest.onnx");
        api.bring(tenant, forest, FOREST)
                .then()
                .statusCode(409)
                .body("detail", containsString("125 are needed"));
        api.sendPast(tenant, 400);
        api.train(tenant, "promote");
        awaitModel("1");
        refused(Arrays.copyOf(forest, forest.length / 2), FOREST, "", "unreadable_model");
        refused(OnnxFiles.read("loop.onnx"), FOREST, "", "unbounded_model");
        refused(forest, FOREST + ",hour_surprise", "", "wrong_shape");
        refused(forest, FOREST + "&output=label", "", "unknown_output");
        refused(forest, FOREST.replace("burst_1h", "burst_2h"), "?features", "unknown_feature");
        refused(forest, "format=onnx", "?features", "features_out_of_range");
        refused(forest, "format=pickle", "?format", "unknown_value");
        refused(forest, OWN, "", "unreadable_model");
        refused(new byte[0], OWN, "", "unreadable_model");
        api.bring(tenant, new byte[(4 << 20) + 1], OWN)
                .then()
                .statusCode(413)
                .body("detail", containsString("vedette.models.largest-upload"));
        api.as(tenant, Role.VIEWER)
                .contentType("application/octet-stream")
                .body(forest)
                .post(PaymentsApi.MODELS + "?" + FOREST)
                .then()
                .statusCode(403);
        assertEquals(
                List.of(1),
                api.as(tenant, Role.VIEWER)
                        .get(PaymentsApi.MODELS)
                        .jsonPath()
                        .getList("items.version"));
        awaitModel("1");
    }

    private void refused(byte[] file, String query, String pointer, String code) {
        api.bring(tenant, file, query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.code", hasItem(code))
                .body("errors.pointer", hasItem(pointer))
                .body("errors.fix", not(hasItem("")));
    }

    @Test
    void fileOfVedetteTrainIsAVersionOnceItsFeaturesAreDeclared() {
        byte[] model = own(FeatureSet.STANDARD);
        api.bring(tenant, model, OWN).then().statusCode(201).body("kind", equalTo("decision"));
        api.sendPast(tenant, 400);
        api.bring(tenant, model, "next=promote").then().statusCode(201);
        awaitModel("2");
        assertTrue(api.model(tenant, 1).getMap("metrics").isEmpty());
        assertEquals(80, api.model(tenant, 2).getDouble("metrics.judged"), 2);

        refused(Arrays.copyOf(model, model.length / 2), OWN, "", "unreadable_model");
        List<FeatureSpec> more = new ArrayList<>(FeatureSet.STANDARD.specs());
        more.add(FeatureSpec.judged("paces", FeatureFunction.BURST, "country", FeatureWindow.DAY));
        api.bring(tenant, own(new FeatureSet(more)), OWN)
                .then()
                .statusCode(400)
                .body("errors.detail", hasItem(containsString("paces")));
    }

    @Test
    void fileComesBackByteByByteForThoseOfTheTenantOnly() {
        byte[] model = own(FeatureSet.STANDARD);
        api.bring(tenant, model, OWN).then().statusCode(201);
        Response file = api.as(tenant, Role.VIEWER).get(PaymentsApi.MODELS + "/1/file");
        assertEquals(200, file.statusCode());
        assertEquals("application/octet-stream", file.contentType());
        assertEquals("attachment; filename=\"model-1.bin\"", file.header("Content-Disposition"));
        assertArrayEquals(model, file.asByteArray());
        api.bring(tenant, file.asByteArray(), OWN)
                .then()
                .statusCode(201)
                .body("version", equalTo(2));
        for (String none : List.of("3", "0", "x")) {
            api.as(tenant, Role.VIEWER)
                    .get(PaymentsApi.MODELS + "/" + none + "/file")
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json");
        }
        api.as(new TenantId("other-" + UUID.randomUUID()), Role.VIEWER)
                .get(PaymentsApi.MODELS + "/1/file")
                .then()
                .statusCode(404);
        api.as(tenant, Role.INGEST).get(PaymentsApi.MODELS + "/1/file").then().statusCode(403);
    }

    @Test
    void fileAnnouncedAsTooLargeIsRefusedBeforeItIsSent() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String head =
                    String.join(
                            "\r\n",
                            "POST " + PaymentsApi.MODELS + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/octet-stream",
                            "Authorization: Bearer " + api.token(tenant, Role.EDITOR),
                            "Content-Length: " + ((4 << 20) + 1),
                            "",
                            "");
            socket.getOutputStream().write(head.getBytes(UTF_8));
            String status = new String(socket.getInputStream().readNBytes(12), UTF_8);
            assertEquals("HTTP/1.1 413", status);
        }
    }

    @Test
    void oneFileIsLookedAtAtATimeAndTheOtherIsToldWhenToComeBack() {
        byte[] model = own(FeatureSet.STANDARD);
        List<CompletableFuture<Response>> answers;
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            // the trial of a model looks at the newest transactions
            try (HeldLock _ = HeldLock.ofTable(database, "transaction")) {
                answers =
                        Stream.generate(() ->
                                        CompletableFuture.supplyAsync(
                                                () -> api.bring(tenant, model, OWN), senders))
                                .limit(2)
                                .toList();
                await().atMost(PATIENCE)
                        .until(() -> answers.stream().anyMatch(CompletableFuture::isDone));
                answers.stream()
                        .filter(CompletableFuture::isDone)
                        .forEach(one -> assertToldToWait(one.join()));
                assertToldToWait(api.bring(tenant, model, OWN));
            }
        }
        assertEquals(
                List.of(201, 429),
                answers.stream().map(one -> one.join().statusCode()).sorted().toList());
        api.bring(tenant, model, OWN).then().statusCode(201).body("version", equalTo(2));
    }

    private static void assertToldToWait(Response answer) {
        answer.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("5"))
                .body("detail", equalTo("another model is looked at just now"));
    }

    @Test
    void sameKeyRegistersOnce() {
        byte[] model = own(FeatureSet.STANDARD);
        for (int i = 0; i < 2; i++) {
            api.as(tenant, Role.EDITOR)
                    .contentType("application/octet-stream")
                    .header("Idempotency-Key", "once")
                    .body(model)
                    .post(PaymentsApi.MODELS)
                    .then()
                    .statusCode(201)
                    .body("version", equalTo(1));
        }
    }
}
