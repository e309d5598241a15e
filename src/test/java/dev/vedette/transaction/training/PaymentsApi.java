package dev.vedette.transaction.training;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.simulation.Payments;
import dev.vedette.simulation.SimulatedPayment;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Payments and models as a tenant's programs use them: over HTTP alone. */
@Singleton
public final class PaymentsApi {
    public static final String MODELS = "/api/v1/models";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BATCH = 400;

    private final TokenIssuer issuer;

    PaymentsApi(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    public RequestSpecification as(TenantId tenant, Role role) {
        return given().auth().oauth2(token(tenant, role)).contentType("application/json");
    }

    /** A token of that tenant and role. */
    String token(TenantId tenant, Role role) {
        Caller caller =
                new Caller(Optional.of(tenant), "ann", Set.of(role), Caller.Credential.TOKEN);
        return issuer.token(caller, Instant.now(), Duration.ofHours(1));
    }

    /** Sends ordinary payments of the last weeks, and waits until all are decided. */
    public void sendPast(TenantId tenant, int count) {
        Instant now = Instant.now();
        List<SimulatedPayment> all =
                new Payments(5, 40, 1)
                        .stretch(now.minus(Duration.ofDays(28)).toEpochMilli(), now.toEpochMilli());
        List<SimulatedPayment> last = all.subList(Math.max(0, all.size() - count), all.size());
        for (int from = 0; from < last.size(); from += BATCH) {
            send(
                    tenant,
                    last.subList(from, Math.min(last.size(), from + BATCH)).stream()
                            .map(PaymentsApi::payment)
                            .toList());
        }
    }

    /** Sends payments that are like none before, and waits until all are decided. */
    public void sendStrange(TenantId tenant, int count) {
        String run = UUID.randomUUID().toString().substring(0, 8);
        send(
                tenant,
                java.util.stream.IntStream.range(0, count)
                        .mapToObj(i ->
                                item(
                                        run + i,
                                        "account-" + i % 40,
                                        900_000 + i,
                                        Instant.now().toString(),
                                        "nowhere-" + run + i % 3,
                                        "KP",
                                        "telex"))
                        .toList());
    }

    private void send(TenantId tenant, List<String> items) {
        as(tenant, Role.INGEST)
                .body("{\"transactions\":[" + String.join(",", items) + "]}")
                .post("/api/v1/transactions")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(items.size()));
        await().atMost(PATIENCE).until(() -> isDecided(tenant, items.getLast()));
    }

    /** Says of the newest payments in turn that they were fraud and that they were not. */
    void judgeNewest(TenantId tenant, int count) {
        List<String> newest =
                as(tenant, Role.VIEWER)
                        .get("/api/v1/transactions?limit=" + count)
                        .jsonPath()
                        .getList("items.transaction_id");
        for (int i = 0; i < newest.size(); i++) {
            as(tenant, Role.ANALYST)
                    .body("{\"verdict\":\"" + (i % 2 == 0 ? "fraud" : "legitimate") + "\"}")
                    .post("/api/v1/transactions/" + newest.get(i) + "/feedback")
                    .then()
                    .statusCode(200);
        }
    }

    private boolean isDecided(TenantId tenant, String item) {
        String id = JsonPath.from(item).getString("transaction_id");
        return as(tenant, Role.VIEWER).get("/api/v1/transactions/" + id).statusCode() == 200;
    }

    private static String payment(SimulatedPayment one) {
        return item(
                one.id(),
                one.account(),
                one.amount(),
                Instant.ofEpochMilli(one.epochMillis()).toString(),
                one.merchant(),
                one.country(),
                one.channel());
    }

    private static String item(
            String id,
            String account,
            double amount,
            String time,
            String merchant,
            String country,
            String channel) {
        return """
        {"transaction_id":"%s","account_id":"%s","amount":%s,"currency":"EUR","time":"%s",
         "merchant":"%s","country":"%s","channel":"%s"}\
        """
                .formatted(id, account, amount, time, merchant, country, channel);
    }

    /** Trains, waits, and gives the training as it ended. */
    public JsonPath train(TenantId tenant, String next) {
        Response queued =
                as(tenant, Role.EDITOR)
                        .body("{\"models\":[\"isolation-forest\"],\"next\":\"" + next + "\"}")
                        .post(MODELS + "/trainings");
        queued.then().statusCode(202);
        String place = queued.header("Location");
        await().atMost(PATIENCE)
                .until(() ->
                        Set.of("completed", "failed")
                                .contains(
                                        as(tenant, Role.VIEWER)
                                                .get(place)
                                                .jsonPath()
                                                .getString("state")));
        return as(tenant, Role.VIEWER).get(place).jsonPath();
    }

    /** Sends a model's file. */
    public Response bring(TenantId tenant, byte[] file, String query) {
        return as(tenant, Role.EDITOR)
                .contentType("application/octet-stream")
                .body(file)
                .post(MODELS + "?" + query);
    }

    public Response move(TenantId tenant, String how) {
        return as(tenant, Role.EDITOR).post(MODELS + "/" + how);
    }

    public JsonPath model(TenantId tenant, int version) {
        return as(tenant, Role.VIEWER).get(MODELS + "/" + version).jsonPath();
    }

    /** Decides an ordinary payment and gives it as it is read back. */
    public JsonPath decide(TenantId tenant) {
        String id = "one-" + UUID.randomUUID();
        send(
                tenant,
                List.of(item(id, "account-1", 20, Instant.now().toString(), "m", "DE", "pos")));
        return as(tenant, Role.VIEWER).get("/api/v1/transactions/" + id).jsonPath();
    }
}
