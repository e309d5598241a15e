package dev.vedette.transaction.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Transactions end to end: taken in, decided by a published rule, read back with the reason. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class TransactionsIT {
    private static final String PATH = "/api/v1/transactions";

    private final TokenIssuer issuer;
    private final TenantId tenant = new TenantId("pay-" + UUID.randomUUID());

    TransactionsIT(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    private RequestSpecification as(Role role) {
        Caller caller =
                new Caller(Optional.of(tenant), "ann", Set.of(role), Caller.Credential.TOKEN);
        return given().auth()
                .oauth2(issuer.token(caller, Instant.now(), Duration.ofHours(1)))
                .contentType("application/json");
    }

    private static String payment(String id, double amount, String more) {
        return "{\"transaction_id\":\"%s\",\"account_id\":\"acc-1\",\"amount\":%s,\"currency\":\"eur\","
                        .formatted(id, amount)
                + "\"time\":\"%s\"%s}".formatted(Instant.now(), more);
    }

    private Response write(String query, String... items) {
        return as(Role.INGEST)
                .body("{\"transactions\":[" + String.join(",", items) + "]}")
                .post(PATH + query);
    }

    // A process opens its desks a moment after it has started.
    private ValidatableResponse decided(String... items) {
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        write("?decide=true", payment("probe-" + UUID.randomUUID(), 1, ""))
                                        .jsonPath()
                                        .get("items[0].decision")
                                != null);
        return write("?decide=true", items).then();
    }

    @Test
    void publishedRuleDecidesAndTheTransactionSaysWhy() {
        as(Role.EDITOR)
                .body(
                        "{\"name\":\"big-abroad\",\"description\":\"large and abroad\","
                                + "\"expression\":\"amount > 1000 && country != 'DE'\","
                                + "\"outcome\":\"decline\"}")
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .body("state", equalTo("draft"));
        as(Role.EDITOR).post("/api/v1/rules/big-abroad/publish").then().statusCode(200);
        decided(payment("p1", 5000, ",\"country\":\"nigeria\""), payment("p2", 5, ""))
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("items[0].decision.outcome", equalTo("decline"))
                .body("items[0].decision.reasons[0].code", equalTo("rule:big-abroad"))
                .body("items[0].decision.reasons[0].text", equalTo("large and abroad"))
                .body("items[1].decision.outcome", equalTo("approve"));
        as(Role.VIEWER)
                .get(PATH + "/p1")
                .then()
                .statusCode(200)
                .body("country", equalTo("NG"))
                .body("currency", equalTo("EUR"))
                .body("rules[0].rule", equalTo("big-abroad"))
                .body("rules[0].answer", equalTo("true"))
                .body("rules[0].operands.amount", equalTo(5000.0f))
                .body("rules[0].operands.country", equalTo("NG"));
        as(Role.VIEWER)
                .get(PATH + "?outcome=decline&account_id=acc-1")
                .then()
                .body("items.transaction_id", equalTo(java.util.List.of("p1")));
        as(Role.VIEWER)
                .body("{\"expression\":\"amount > 100\"}")
                .post("/api/v1/rules/backtest")
                .then()
                .statusCode(200)
                .body("fired", equalTo(1))
                .body("caught", equalTo(1))
                .body("hurt", equalTo(0))
                .body("evaluated", greaterThan(2))
                .body("examples[0].transaction_id", equalTo("p1"));
    }

    @Test
    void sameIdAgainIsADuplicateWithTheFirstDecision() {
        decided(payment("twice", 10, "")).body("items[0].status", equalTo("accepted"));
        write("?decide=true", payment("twice", 99, ""))
                .then()
                .statusCode(200)
                .body("duplicates", equalTo(1))
                .body("items[0].status", equalTo("duplicate"))
                .body("items[0].decision.outcome", equalTo("approve"));
        as(Role.VIEWER).get(PATH + "/twice").then().body("amount", equalTo(10.0f));
    }

    @Test
    void badItemsAreRefusedSinglyAndKept() {
        String huge = ",\"attributes\":{\"note\":\"" + "x".repeat(10_000_000) + "\"}";
        Response answer =
                write(
                        "",
                        payment("good", 1, ""),
                        payment("negative", -5, ""),
                        payment("currency", 5, "").replace("eur", "xxy"),
                        payment("unknown", 5, ",\"nothing\":1"),
                        payment("huge", 5, huge),
                        "7",
                        payment("country", 5, ",\"country\":\"Atlantis\""));
        answer.then()
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejected", equalTo(6))
                .body("items[1].errors[0].pointer", equalTo("/transactions/1/amount"))
                .body("items[1].errors[0].code", equalTo("amount_out_of_range"))
                .body("items[2].errors[0].code", equalTo("unknown_currency"))
                .body("items[3].errors[0].pointer", equalTo("/transactions/3/nothing"))
                .body("items[4].errors[0].code", equalTo("wrong_form"))
                .body("items[5].errors[0].code", equalTo("wrong_type"))
                .body("items[6].errors[0].code", equalTo("unknown_country"));
        as(Role.EDITOR)
                .get("/api/v1/dead-letters")
                .then()
                .statusCode(200)
                .body("items", hasSize(6))
                .body("items.code", hasItem("unknown_currency"));
        write("", payment("negative", -5, "")).then().statusCode(400);
        write("", "{").then().statusCode(400).contentType("application/problem+json");
    }

    @Test
    void schemaOfTheTenantIsHeldAndNamesWhatRulesMayUse() {
        Response read = as(Role.VIEWER).get("/api/v1/transaction-schema");
        read.then().statusCode(200).body("version", equalTo(0));
        String schema =
                "{\"fields\":{\"channel\":{\"required\":true,\"enum\":[\"pos\",\"online\"]}},"
                        + "\"attributes\":{\"device\":{\"type\":\"string\",\"required\":true},"
                        + "\"risk\":{\"type\":\"number\",\"minimum\":0}},\"other_attributes\":false}";
        as(Role.EDITOR).body(schema).put("/api/v1/transaction-schema").then().statusCode(428);
        as(Role.EDITOR)
                .header("If-Match", read.header("ETag"))
                .body(schema)
                .put("/api/v1/transaction-schema")
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .header("ETag", equalTo("\"1\""));
        as(Role.EDITOR)
                .header("If-Match", "\"0\"")
                .body(schema)
                .put("/api/v1/transaction-schema")
                .then()
                .statusCode(412);
        write("", payment("s1", 5, ""))
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("required"));
        write(
                        "",
                        payment(
                                "s2",
                                5,
                                ",\"channel\":\"pos\",\"attributes\":{\"device\":\"d\",\"other\":1}"))
                .then()
                .statusCode(400)
                .body("errors[0].code", equalTo("unknown_attribute"));
        write(
                        "",
                        payment(
                                "s3",
                                5,
                                ",\"channel\":\"pos\",\"attributes\":{\"device\":\"d\",\"risk\":0.5}"))
                .then()
                .statusCode(200);
        as(Role.VIEWER)
                .get("/api/v1/features")
                .then()
                .body("items.name", hasItem("attributes.device"));
        as(Role.EDITOR)
                .body(
                        "{\"name\":\"dev\",\"expression\":\"attributes.divice == 'x'\",\"score\":0.5}")
                .post("/api/v1/rules")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/expression"))
                .body("errors[0].detail", containsString("line 1, column 1"))
                .body("errors[0].fix", equalTo("Did you mean 'attributes.device'?"));
        as(Role.VIEWER)
                .body("{\"expression\":\"attributes.risk == 5\"}")
                .post("/api/v1/rules/validate")
                .then()
                .statusCode(200)
                .body("valid", equalTo(false))
                .body("issues[0].code", equalTo("wrong_type"));
    }

    @Test
    void versionsAndDiffTellWhatChanged() {
        String rule = "{\"name\":\"v\",\"expression\":\"amount > %d\",\"score\":0.5}";
        as(Role.EDITOR).body(rule.formatted(1)).post("/api/v1/rules").then().statusCode(201);
        as(Role.EDITOR).body(rule.formatted(1)).post("/api/v1/rules").then().statusCode(409);
        as(Role.EDITOR).post("/api/v1/rules/v/publish").then().statusCode(200);
        as(Role.EDITOR).post("/api/v1/rules/v/publish").then().statusCode(404);
        as(Role.EDITOR).body(rule.formatted(2)).put("/api/v1/rules/v").then().statusCode(200);
        as(Role.VIEWER)
                .get("/api/v1/rules/v/diff")
                .then()
                .body("changes[0].field", equalTo("expression"))
                .body("changes[0].after", equalTo("amount > 2"));
        as(Role.VIEWER).get("/api/v1/rules/v/versions").then().body("items", hasSize(2));
        as(Role.VIEWER).get("/api/v1/rules").then().body("items[0].state", equalTo("draft"));
        as(Role.EDITOR).delete("/api/v1/rules/v").then().statusCode(204);
        as(Role.VIEWER).get("/api/v1/rules/v").then().statusCode(404);
    }

    @Test
    void pagesOfTransactionsFollowEachOther() {
        decided(payment("g1", 1, ""), payment("g2", 1, ""), payment("g3", 1, ""));
        Response first = as(Role.VIEWER).get(PATH + "?limit=2");
        assertEquals(2, first.jsonPath().getList("items").size());
        as(Role.VIEWER)
                .queryParam("cursor", first.jsonPath().getString("next_cursor"))
                .get(PATH + "?limit=2")
                .then()
                .statusCode(200);
        as(Role.VIEWER).get(PATH + "?min_score=2").then().statusCode(400);
        as(Role.VIEWER).get(PATH + "?outcome=maybe").then().statusCode(400);
    }
}
