package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation whose description has a 429 can give one: each is called while bodies that were
 * announced and never sent fill all the room its caller has. What fills the narrower bounds of
 * single operations is in the tests of those.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class TooManyRequestsIT {
    /** The whole share of a tenant, and what the server takes of one body. */
    private static final int ALL = 64 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApiWorld world;

    TooManyRequestsIT(ApiWorld world) {
        this.world = world;
    }

    @Test
    void operationsThatTakeABodySayThatTheirSenderMayHaveToWait() {
        assertEquals(
                withBody().map(ApiSample::operation).collect(Collectors.toCollection(TreeSet::new)),
                described429());
    }

    @TestFactory
    Stream<DynamicTest> whoseRoomIsFullIsToldWhenToComeBack() {
        List<Socket> held = new ArrayList<>();
        held.add(announce("/api/v1/metrics", world.token(ApiWorld.B, Role.INGEST)));
        // callers without a tenant share one room, those that sign in among them
        held.add(announce("/api/v1/tenants", world.token(ApiWorld.B, Role.PLATFORM_ADMIN)));
        for (ApiSample probe :
                List.of(sample("POST /api/v1/detect"), sample("POST /api/v1/session"))) {
            await().atMost(PATIENCE).until(() -> call(probe).statusCode() == 429);
        }
        return withBody()
                .map(sample ->
                        DynamicTest.dynamicTest(
                                sample.toString(), () -> assertToldToWait(call(sample))))
                .onClose(() -> held.forEach(TooManyRequestsIT::close));
    }

    private static void assertToldToWait(Response response) {
        assertEquals(429, response.statusCode(), response.asString());
        assertTrue(
                Integer.parseInt(response.header("Retry-After")) >= 1,
                response.headers().toString());
        assertTrue(response.asString().contains("as many bytes of requests at hand"));
    }

    private Response call(ApiSample sample) {
        RequestSpecification request = given().redirects().follow(false);
        sample.role().ifPresent(role -> request.auth().oauth2(world.token(ApiWorld.B, role)));
        return sample.on(request).request(sample.method(), world.filled(sample.path()));
    }

    private static Socket announce(String path, String token) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
            String head =
                    String.join(
                            "\r\n",
                            "POST " + path + " HTTP/1.1",
                            "Host: localhost",
                            "Content-Type: application/json",
                            "Authorization: Bearer " + token,
                            "Content-Length: " + ALL,
                            "",
                            "");
            socket.getOutputStream().write(head.getBytes(UTF_8));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiSample sample(String operation) {
        return ApiSamples.ALL.stream()
                .filter(one -> one.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    // an empty body needs no room
    private static Stream<ApiSample> withBody() {
        return ApiSamples.ALL.stream()
                .filter(sample -> !sample.contentType().isEmpty())
                .map(sample ->
                        sample.body().isEmpty() ? sample.body(sample.contentType(), "-") : sample);
    }

    private static Set<String> described429() {
        Map<String, Map<String, Map<String, Object>>> paths =
                given().queryParam("format", "json").get("/q/openapi").jsonPath().getMap("paths");
        Set<String> operations = new TreeSet<>();
        paths.forEach((path, methods) ->
                methods.forEach((method, operation) -> {
                    if (operation.get("responses") instanceof Map<?, ?> responses
                            && responses.containsKey("429")) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                }));
        return operations;
    }
}
