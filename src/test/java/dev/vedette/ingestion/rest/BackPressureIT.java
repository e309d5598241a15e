package dev.vedette.ingestion.rest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tenant at its limits is refused, early and in the standard's words; the others are not. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class BackPressureIT {
    private static final String PATH = "/api/v1/metrics";
    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TokenIssuer issuer;
    private final TenantId tenant = new TenantId("t-" + UUID.randomUUID());
    private final TenantId other = new TenantId("t-" + UUID.randomUUID());

    BackPressureIT(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    @BeforeEach
    void create() {
        String limits =
                "{\"id\":\"%s\",\"name\":\"x\",\"limits\":{\"max_points_per_second\":10}}"
                        .formatted(tenant);
        given().header("Authorization", "Bearer " + token(Optional.empty(), Role.PLATFORM_ADMIN))
                .contentType("application/json")
                .body(limits)
                .post("/api/v1/tenants")
                .then()
                .statusCode(201);
    }

    private String token(Optional<TenantId> of, Role role) {
        Caller caller = new Caller(of, "tester", Set.of(role), Caller.Credential.TOKEN);
        return issuer.token(caller, Instant.now(), Duration.ofHours(1));
    }

    private ValidatableResponse post(TenantId by, String body) {
        return given().header("Authorization", "Bearer " + token(Optional.of(by), Role.INGEST))
                .contentType("application/json")
                .body(body)
                .post(PATH)
                .then();
    }

    private static String points(int count) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "[" : ",[").append(1_769_860_800_000L + 1000L * i).append(",1]");
        }
        return """
        {"series":[{"cluster_id":"c","node_id":"n","metric_name":"m","points":[%s]}]}\
        """
                .formatted(json);
    }

    @Test
    void tenantOverItsPointsIsRefusedBeforeItsBodyIsRead() {
        post(tenant, points(1000))
                .statusCode(200)
                .header("RateLimit-Policy", equalTo("\"points\";q=100;w=10"))
                .header("RateLimit", startsWith("\"points\";r=0;t="));
        post(tenant, "this is no JSON at all")
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(60))
                .header("RateLimit-Policy", equalTo("\"points\";q=100;w=10"))
                .header("RateLimit", startsWith("\"points\";r=0;t="))
                .body("type", containsString("too-many-requests"));
        post(other, points(1000)).statusCode(200);
        given().get("/q/metrics")
                .then()
                .body(
                        containsString(
                                "vedette_ingestion_pushed_back_requests_total{reason=\"tenant_rate\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/metrics, application/json",
        "/api/v1/write, application/x-protobuf",
        "/v1/metrics, application/json",
        "/v1/metrics, application/x-protobuf",
        "/api/v1/influx/write, text/plain",
        "/api/v2/write, text/plain",
        "/api/v1/transactions, application/json"
    })
    void tenantOverItsPointsIsRefusedByEveryWayIn(String path, String type) {
        post(tenant, points(1000)).statusCode(200);
        given().header("Authorization", "Bearer " + token(Optional.of(tenant), Role.INGEST))
                .header("Content-Type", type)
                .body(transaction().getBytes(UTF_8))
                .post(path)
                .then()
                .statusCode(429)
                .header("Retry-After", Integer::parseInt, greaterThan(60))
                .header("RateLimit-Policy", equalTo("\"points\";q=100;w=10"));
    }

    @Test
    void senderThatDoesNotWaitIsRefusedAgainOnAConnectionThatStaysWhole() throws IOException {
        post(tenant, points(1000)).statusCode(200);
        String token = token(Optional.of(tenant), Role.INGEST);
        byte[] body = points(20_000).getBytes(UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            for (int i = 0; i < 20; i++) {
                String answer = send(socket, PATH, token, body);
                assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
                assertTrue(answer.contains("RateLimit-Policy: \"points\";q=100;w=10"), answer);
                assertTrue(answer.contains("X-Content-Type-Options: nosniff"), answer);
                assertTrue(answer.contains("too-many-requests"), answer);
            }
            String elsewhere = send(socket, "/api/v1/detect", token, "{}".getBytes(UTF_8));
            assertTrue(elsewhere.startsWith("HTTP/1.1 403 "), elsewhere);
            String forged = send(socket, PATH, token + "x", body);
            assertTrue(forged.startsWith("HTTP/1.1 401 "), forged);
            String others = token(Optional.of(other), Role.INGEST);
            String stored = send(socket, PATH, others, points(10).getBytes(UTF_8));
            assertTrue(stored.startsWith("HTTP/1.1 200 "), stored);
        }
    }

    private static String send(Socket socket, String path, String token, byte[] body)
            throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head(path, token, "Content-Length: " + body.length).getBytes(UTF_8));
        out.write(body);
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        Matcher length = CONTENT_LENGTH.matcher(head);
        assertTrue(length.find(), head.toString());
        return head + new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8);
    }

    /** A transaction; no other way in reads its body once the tenant has to wait. */
    private static String transaction() {
        return """
        {"transactions":[{"transaction_id":"t","account_id":"a","amount":1,"currency":"EUR","time":"%s"}]}\
        """
                .formatted(Instant.now());
    }

    @Test
    void bodiesBeingReadAreBoundedPerTenantBeforeTheyAreSent() throws IOException {
        try (Socket open = announce(tenant, 60 << 20)) {
            assertTrue(open.isConnected());
            // Nothing of the first body was sent, and nothing of the second has to be.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        try (Socket second = announce(tenant, 60 << 20)) {
                            assertTrue(status(second).contains(" 429 "));
                        }
                    });
            post(other, points(1)).statusCode(200);
        }
        await().atMost(PATIENCE).untilAsserted(() -> post(tenant, points(1)).statusCode(200));
    }

    @Test
    void bodyOfUntoldLengthIsHeldToTheSmallerLimit() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(head(other, "Transfer-Encoding: chunked").getBytes(UTF_8));
            byte[] chunk = " ".repeat(1 << 16).getBytes(UTF_8);
            String answer = "";
            try {
                for (int sent = 0; sent < 80; sent++) {
                    out.write("10000\r\n".getBytes(UTF_8));
                    out.write(chunk);
                    out.write("\r\n".getBytes(UTF_8));
                }
                out.write("0\r\n\r\n".getBytes(UTF_8));
                answer = status(socket);
            } catch (IOException e) {
                // The server may close before all is sent: that is a refusal, too.
                answer = " 413 ";
            }
            assertTrue(answer.contains(" 413 "), answer);
        }
    }

    private Socket announce(TenantId by, int length) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.getOutputStream().write(head(by, "Content-Length: " + length).getBytes(UTF_8));
        return socket;
    }

    private String head(TenantId by, String length) {
        return head(PATH, token(Optional.of(by), Role.INGEST), length);
    }

    private static String head(String path, String token, String length) {
        return """
        POST %s HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/json\r
        Authorization: Bearer %s\r
        %s\r
        \r
        """
                .formatted(path, token, length);
    }

    private static String status(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] start = in.readNBytes(40);
        return new String(start, UTF_8);
    }
}
