package dev.vedette.ingestion.rest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.DatabaseTestResource;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.http.Caller;
import dev.vedette.http.Problem;
import dev.vedette.http.TokenIssuer;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(DatabaseTestResource.class)
final class MetricsResourceTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final String PATH = "/api/v1/metrics";

    @Inject TokenIssuer issuer;
    @Inject SeriesDirectory directory;
    @Inject PointReader reader;

    private final String node = "n-" + UUID.randomUUID();

    @Test
    void acceptedPointsAreStoredOnce() {
        String body = body("[[1769860800000,1.5],[\"2026-01-31T12:01:00Z\",2],[1769860800000,3]]");
        for (int i = 0; i < 2; i++) {
            post(body.getBytes(UTF_8))
                    .then()
                    .statusCode(200)
                    .header("RateLimit", notNullValue())
                    .body("accepted", equalTo(3))
                    .body("rejected", equalTo(0))
                    .body("duplicates", equalTo(1));
        }
        PointReader.Points points = stored();
        assertEquals(List.of(3.0, 2.0), java.util.Arrays.stream(points.values()).boxed().toList());
    }

    @Test
    void badPointSpoilsOnlyItself() {
        post(body("[[1769860800000,1],[1769860801000,null],[1769860802000,\"x\"]]").getBytes(UTF_8))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1))
                .body("rejected", equalTo(2))
                .body("errors[0].pointer", equalTo("/series/0/points/1"))
                .body("errors[0].code", equalTo("value_missing"))
                .body("errors[1].code", equalTo("value_not_a_number"))
                .body("errors.fix", everyItem(notNullValue()));
        assertEquals(1, stored().values().length);
    }

    @Test
    void nothingAcceptableIsAProblem() {
        post(body("[[1,1],[1769860802000,null]]").getBytes(UTF_8))
                .then()
                .statusCode(400)
                .contentType(startsWith(Problem.MEDIA_TYPE))
                .body("errors", hasSize(2))
                .body("errors[0].code", equalTo("timestamp_invalid"));
    }

    @Test
    void foreignTenantIsRefusedAndNothingStored() {
        String foreign =
                body("[[1769860800000,1]]")
                        .replace("{\"series\"", "{\"tenant_id\":\"beta\",\"series\"");
        post(foreign.getBytes(UTF_8))
                .then()
                .statusCode(403)
                .contentType(startsWith(Problem.MEDIA_TYPE));
        assertEquals(Optional.empty(), series());
        String own = foreign.replace("beta", "acme");
        post(own.getBytes(UTF_8)).then().statusCode(200).body("accepted", equalTo(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"series\":",
                "{\"series\":[]}]",
                "{\"series\":[],\"series\":[]}",
                "{\"series\":7}",
                "\u0000"
            })
    void illFormedBodyIsAProblemWithAPlace(String body) {
        post(body.getBytes(UTF_8))
                .then()
                .statusCode(400)
                .contentType(startsWith(Problem.MEDIA_TYPE))
                .body("request_id", notNullValue());
    }

    @Test
    void deepNestingIsAProblem() {
        post(("{\"series\":" + "[".repeat(50_000)).getBytes(UTF_8))
                .then()
                .statusCode(400)
                .contentType(startsWith(Problem.MEDIA_TYPE))
                .body("errors[0].pointer", startsWith("/series/0"));
    }

    @Test
    void compressedBodiesAreRead() throws IOException {
        byte[] plain = body("[[1769860800000,1.5]]").getBytes(UTF_8);
        request()
                .header("Content-Encoding", "gzip")
                .body(gzip(plain))
                .post(PATH)
                .then()
                .statusCode(200);
        request()
                .header("Content-Encoding", "zstd")
                .body(com.github.luben.zstd.Zstd.compress(plain))
                .post(PATH)
                .then()
                .statusCode(200);
        request()
                .header("Content-Encoding", "br")
                .body(plain)
                .post(PATH)
                .then()
                .statusCode(415)
                .contentType(startsWith(Problem.MEDIA_TYPE));
    }

    @Test
    void linesAreReadCompressedToo() {
        String line =
                body("[[1769860800000,1.5]]").replace("{\"series\":[", "").replace("}]}", "}");
        byte[] lines = (line + "\n" + line.replace("cpu", "memory") + "\n").getBytes(UTF_8);
        request()
                .contentType("application/x-ndjson")
                .header("Content-Encoding", "zstd")
                .body(com.github.luben.zstd.Zstd.compress(lines))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2));
    }

    @Test
    void compressionBombIsAProblem() throws IOException {
        request()
                .header("Content-Encoding", "gzip")
                .body(gzip(" ".repeat(80 << 20).getBytes(UTF_8)))
                .post(PATH)
                .then()
                .statusCode(413)
                .contentType(startsWith(Problem.MEDIA_TYPE));
    }

    @Test
    void otherMediaTypeIsAProblem() {
        given().auth()
                .oauth2(token(Role.INGEST))
                .contentType("text/csv")
                .body("a,b")
                .post(PATH)
                .then()
                .statusCode(415)
                .contentType(startsWith(Problem.MEDIA_TYPE));
    }

    @Test
    void writingNeedsACredentialThatMayWrite() {
        given().contentType("application/json").body("{}").post(PATH).then().statusCode(401);
        given().auth()
                .oauth2(token(Role.VIEWER))
                .contentType("application/json")
                .body("{}")
                .post(PATH)
                .then()
                .statusCode(403);
    }

    @Test
    void tenThousandPointsInOneRequestAreStored() {
        StringBuilder points = new StringBuilder("[");
        for (int i = 0; i < 10_000; i++) {
            points.append(i == 0 ? "[" : ",[").append(1769860800000L + i * 1000L).append(",1.25]");
        }
        post(body(points.append("]").toString()).getBytes(UTF_8))
                .then()
                .statusCode(200)
                .body("accepted", equalTo(10_000));
        assertEquals(10_000, stored().values().length);
    }

    private Optional<Series> series() {
        return directory
                .find(new SeriesKey(ACME, "eu-1", node, "cpu", Labels.NONE))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private PointReader.Points stored() {
        Series series = series().orElseThrow();
        TimeRange all =
                new TimeRange(
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-02-02T00:00:00Z"));
        return reader.points(ACME, List.of(series.id()), all, 100_000)
                .await()
                .atMost(Duration.ofSeconds(10))
                .getOrDefault(series.id(), PointReader.Points.NONE);
    }

    private String body(String points) {
        return "{\"series\":[{\"cluster_id\":\"eu-1\",\"node_id\":\""
                + node
                + "\",\"metric_name\":\"cpu\",\"points\":"
                + points
                + "}]}";
    }

    private io.restassured.response.Response post(byte[] body) {
        return request().body(body).post(PATH);
    }

    private RequestSpecification request() {
        return given().config(
                        RestAssuredConfig.config()
                                .encoderConfig(
                                        EncoderConfig.encoderConfig()
                                                .appendDefaultContentCharsetToContentTypeIfUndefined(
                                                        false)))
                .auth()
                .oauth2(token(Role.INGEST))
                .contentType("application/json");
    }

    private String token(Role role) {
        return issuer.token(
                new Caller(Optional.of(ACME), "agent", Set.of(role), Caller.Credential.TOKEN),
                Instant.now(),
                Duration.ofHours(1));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
