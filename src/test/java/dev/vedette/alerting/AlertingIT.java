package dev.vedette.alerting;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.vedette.DatabaseTestResource;
import dev.vedette.detection.rest.StoredFleet;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From an incident to a receiver and back, over the API of a running service. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(TargetsInside.class)
final class AlertingIT {
    private static final TenantId TENANT = new TenantId("alerting-api");

    private record Received(String key, String body) {}

    private final StoredFleet fleet;
    private final WorkerTransaction workers;
    private final DeliveryQueries deliveries;
    private final MessageLinks links;
    private final Queue<Received> received = new ConcurrentLinkedQueue<>();
    private final HttpServer receiver;

    AlertingIT(
            StoredFleet fleet,
            WorkerTransaction workers,
            DeliveryQueries deliveries,
            MessageLinks links)
            throws IOException {
        this.fleet = fleet;
        this.workers = workers;
        this.deliveries = deliveries;
        this.links = links;
        this.receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        receiver.createContext(
                "/",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    received.add(
                            new Received(
                                    String.valueOf(
                                            exchange.getRequestHeaders().getFirst("webhook-id")),
                                    body));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
    }

    @Test
    void anIncidentIsToldAnsweredWithOneClickAndOver() {
        channelAndRoute();
        UUID incident = UUID.randomUUID();
        AlertSamples.begin(workers, TENANT, incident);
        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 2);
        Received first = received.stream().skip(1).findFirst().orElseThrow();
        assertTrue(first.body().contains("zebra burns"), first.body());
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        as(Role.VIEWER)
                                .get("/api/v1/alerts?incident_id=" + incident)
                                .then()
                                .statusCode(200)
                                .body("items", hasSize(1))
                                .body("items[0].id", equalTo(first.key()))
                                .body("items[0].state", equalTo("delivered"))
                                .body("items[0].answer.code", equalTo(204)));
        click(incident);
        as(Role.ANALYST)
                .body("{\"action\":\"resolve\",\"note\":\"done\"}")
                .post("/api/v1/incidents/{id}/actions", incident)
                .then()
                .statusCode(200);
        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 3);
        as(Role.VIEWER)
                .get("/api/v1/alerts/states?incident_id=" + incident)
                .then()
                .body("items[0].phase", equalTo("resolved"))
                .body("items[0].messages", equalTo(2));
        as(Role.EDITOR).post("/api/v1/alerts/{id}/replay", first.key()).then().statusCode(200);
        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() == 4);
        assertEquals(2, received.stream().filter(one -> one.key().equals(first.key())).count());
    }

    private void channelAndRoute() {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/in";
        as(Role.EDITOR)
                .body("{\"name\":\"hook\",\"kind\":\"webhook\",\"url\":\"%s\"}".formatted(url))
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .body("new_secret", startsWith("whsec_"));
        as(Role.VIEWER)
                .get("/api/v1/channels/hook")
                .then()
                .statusCode(200)
                .body("new_secret", nullValue())
                .body("secrets", nullValue())
                .body("url", equalTo(url));
        as(Role.EDITOR)
                .body("{\"name\":\"in\",\"kind\":\"webhook\",\"url\":\"http://10.0.0.7/in\"}")
                .post("/api/v1/channels")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/url"))
                .body("errors[0].code", equalTo("invalid_value"))
                .body("errors[0].detail", containsString("not public"))
                .body("errors[0].fix", containsString("allowed-targets"));
        as(Role.EDITOR)
                .post("/api/v1/channels/hook/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(true));
        as(Role.EDITOR)
                .body(
                        "{\"name\":\"on-call\",\"matchers\":[\"cluster=zoo\"],\"channels\":[\"hook\"]}")
                .post("/api/v1/routes")
                .then()
                .statusCode(201);
        as(Role.EDITOR)
                .body("{\"name\":\"lost\",\"channels\":[\"nowhere\"]}")
                .post("/api/v1/routes")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/channels"));
    }

    /** A GET, as a scanner of mail makes it, changes nothing; the button does, once. */
    private void click(UUID incident) {
        List<Notification.Link> answers = links.of(delivery(incident)).answers();
        String wrong = answers.get(2).url().getPath();
        given().get(wrong).then().statusCode(200).body(containsString("<form method=\"post\">"));
        as(Role.VIEWER).get("/api/v1/feedback").then().body("items", hasSize(0));
        given().post(wrong).then().statusCode(200);
        given().post(wrong).then().statusCode(200);
        as(Role.VIEWER)
                .get("/api/v1/feedback")
                .then()
                .body("items", hasSize(1))
                .body("items[0].verdict", equalTo("false_alarm"))
                .body("items[0].by", equalTo("link:on-call"));
        String other = wrong.substring(0, wrong.length() - 3) + "AAA";
        given().post(other).then().statusCode(404);
        given().post(answers.get(3).url().getPath()).then().statusCode(200);
        as(Role.VIEWER)
                .get("/api/v1/silences/click-" + incident)
                .then()
                .statusCode(200)
                .body("active_until", not(nullValue()));
    }

    private Delivery delivery(UUID incident) {
        return deliveries
                .list(
                        TENANT,
                        new DeliveryQueries.Filter(
                                Optional.of(incident),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        1)
                .await()
                .indefinitely()
                .getFirst();
    }

    private RequestSpecification as(Role role) {
        return given().auth()
                .oauth2(fleet.token(TENANT, role))
                .header("Content-Type", "application/json");
    }
}
