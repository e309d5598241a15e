package dev.vedette.transaction.rest;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.training.PaymentsApi;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Features as a tenant declares them, over HTTP. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class TransactionFeaturesIT {
    private static final String PATH = "/api/v1/transaction-features";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PaymentsApi api;
    private final TenantId tenant = new TenantId("features-" + UUID.randomUUID());

    TransactionFeaturesIT(PaymentsApi api) {
        this.api = api;
    }

    private ValidatableResponse put(String tag, String... features) {
        return api.as(tenant, Role.EDITOR)
                .header("If-Match", tag)
                .body("{\"features\":[" + String.join(",", features) + "]}")
                .put(PATH)
                .then();
    }

    private static String feature(String name, String function, String more) {
        return "{\"name\":\"%s\",\"function\":\"%s\"%s}".formatted(name, function, more);
    }

    @Test
    void declaredFeatureIsComputedAlsoFromWhatWasThereAndRulesMayNameIt() {
        api.as(tenant, Role.VIEWER)
                .get(PATH)
                .then()
                .statusCode(200)
                .body("version", equalTo(0))
                .body("features", hasSize(FeatureSet.STANDARD.size()));
        api.sendPast(tenant, 50);
        put("\"0\"", feature("in_country", "count", ",\"entity\":\"currency\",\"window\":\"30d\""))
                .statusCode(200)
                .body("version", equalTo(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    JsonPath decided = api.decide(tenant);
                    assertEquals("1", decided.getString("versions.features"));
                    assertTrue(decided.getDouble("features.in_country") > 50);
                });
        api.as(tenant, Role.VIEWER)
                .get("/api/v1/features")
                .then()
                .body("items.name", hasItem("features.in_country"));
        put("\"0\"", feature("amount", "amount", "")).statusCode(412);
        api.as(tenant, Role.VIEWER)
                .get(PATH + "/versions")
                .then()
                .body("items.version", equalTo(java.util.List.of(1)));
    }

    @Test
    void whatIsWrongIsToldAtItsPlace() {
        put(
                        "\"0\"",
                        feature("a", "magic", ""),
                        feature("b", "count", ",\"entity\":\"account\",\"window\":\"2h\""),
                        feature("c", "count", ",\"entity\":\"account\""))
                .statusCode(400)
                .body("errors.pointer", hasItem("/features/0/function"))
                .body("errors.pointer", hasItem("/features/1/window"))
                .body("errors.pointer", hasItem("/features/2"));
        put("\"0\"").statusCode(400).body("errors[0].pointer", equalTo("/features"));
        put("\"0\"", feature("a", "amount", ""), feature("a", "amount", ""))
                .statusCode(400)
                .body("errors[0].detail", equalTo("two features are named a"));
        api.as(tenant, Role.EDITOR).body("{\"features\":[]}").put(PATH).then().statusCode(428);
    }

    @Test
    void featureThatTheModelJudgesByCannotGo() {
        api.sendPast(tenant, 600);
        assertEquals("completed", api.train(tenant, "promote").getString("state"));
        put("\"0\"", feature("amount", "amount", "")).statusCode(409);
        assertEquals("1", String.valueOf(api.model(tenant, 1).getInt("version")));
    }
}
