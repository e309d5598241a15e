package dev.vedette.ingestion.rest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.http.Caller;
import dev.vedette.http.TenantStore;
import dev.vedette.http.TokenIssuer;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** How tests of the write protocols send, and look at what was stored. */
@Singleton
final class WriteApi {
    static final TenantId ACME = new TenantId("acme");

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TokenIssuer issuer;
    private final SeriesDirectory directory;
    private final PointReader reader;
    private final TenantStore tenants;

    WriteApi(
            TokenIssuer issuer,
            SeriesDirectory directory,
            PointReader reader,
            TenantStore tenants) {
        this.tenants = tenants;
        this.issuer = issuer;
        this.directory = directory;
        this.reader = reader;
    }

    /** A request with a credential of that role; bodies go out as they are. */
    RequestSpecification request(Role role, String contentType) {
        return given().config(
                        RestAssuredConfig.config()
                                .encoderConfig(
                                        EncoderConfig.encoderConfig()
                                                .encodeContentTypeAs(
                                                        contentType,
                                                        io.restassured.http.ContentType.BINARY)
                                                .appendDefaultContentCharsetToContentTypeIfUndefined(
                                                        false)))
                .auth()
                .oauth2(token(role))
                .contentType(contentType);
    }

    /** A token of that role. */
    String token(Role role) {
        return issuer.token(
                new Caller(Optional.of(ACME), "agent", Set.of(role), Caller.Credential.TOKEN),
                Instant.now(),
                Duration.ofHours(1));
    }

    /** An API key that may write. */
    String apiKey() {
        tenants.insert(
                        new Tenant(
                                ACME, "Acme", ZoneOffset.UTC, TenantLimits.DEFAULT, Instant.now()))
                .await()
                .atMost(PATIENCE);
        return request(Role.ADMIN, "application/json")
                .body("{\"name\":\"sender\",\"roles\":[\"ingest\"]}".getBytes(UTF_8))
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .path("secret");
    }

    /** The series of that key, if it is there. */
    Optional<Series> series(SeriesKey key) {
        return directory.find(key).await().atMost(PATIENCE);
    }

    /** Its points of January 2026; none when there is no such series. */
    PointReader.Points stored(SeriesKey key) {
        TimeRange january =
                new TimeRange(
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-02-02T00:00:00Z"));
        return series(key)
                .map(series ->
                        reader.points(ACME, List.of(series.id()), january, 100_000)
                                .await()
                                .atMost(PATIENCE)
                                .getOrDefault(series.id(), PointReader.Points.NONE))
                .orElse(PointReader.Points.NONE);
    }

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
