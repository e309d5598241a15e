package dev.vedette.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.DatabaseTestResource;
import dev.vedette.tenant.Role;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Credentials that must not be accepted, and the few that must. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
final class CredentialAttackIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApiWorld world;
    private final SigningKeys keys;
    private final TokenIssuer issuer;

    CredentialAttackIT(ApiWorld world, SigningKeys keys, TokenIssuer issuer) {
        this.world = world;
        this.keys = keys;
        this.issuer = issuer;
    }

    @Test
    void tokenOfThisServiceIsAccepted() throws GeneralSecurityException {
        assertAccepted(bearer(signed(claims("vedette", "vedette", 0, 3600, tenantClaim()))));
        assertAccepted(bearer(world.token(ApiWorld.B, Role.VIEWER)));
    }

    @Test
    void tokenWithoutSignatureIsRefused() {
        String claims = claims("vedette", "vedette", 0, 3600, tenantClaim());
        assertRefused(bearer(base64("{\"alg\":\"none\"}") + "." + base64(claims) + "."));
    }

    @Test
    void tokenSignedWithThePublicKeyAsSecretIsRefused() throws GeneralSecurityException {
        String claims = claims("vedette", "vedette", 0, 3600, tenantClaim());
        String text = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(keys.publicKey().getEncoded(), "HmacSHA256"));
        assertRefused(bearer(text + "." + base64(mac.doFinal(utf8(text)))));
    }

    @Test
    void tokenOfAnotherIssuerOrForAnotherAudienceIsRefused() throws GeneralSecurityException {
        assertRefused(bearer(signed(claims("mallory", "vedette", 0, 3600, tenantClaim()))));
        assertRefused(bearer(signed(claims("vedette", "elsewhere", 0, 3600, tenantClaim()))));
    }

    @Test
    void tokenThatIsExpiredOrLivesTooLongIsRefused() throws GeneralSecurityException {
        assertRefused(bearer(signed(claims("vedette", "vedette", -7200, -3600, tenantClaim()))));
        assertRefused(bearer(signed(claims("vedette", "vedette", 0, 90_000, tenantClaim()))));
    }

    @Test
    void refusalIsCountedUnderTheRouteItWasFor() {
        double before = refusals();
        bearer("no-token").get("/api/v1/transactions/p-1").then().statusCode(401);
        given().get("/api/v1/transactions/p-1").then().statusCode(401);
        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(before + 2, refusals()));
    }

    private static double refusals() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count{"))
                .filter(line -> line.contains("status=\"401\""))
                .filter(line -> line.contains("uri=\"/api/v1/transactions/{id}\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
                .sum();
    }

    @Test
    void tokenWithoutTenantIsRefused() throws GeneralSecurityException {
        assertRefused(bearer(signed(claims("vedette", "vedette", 0, 3600, ""))));
        assertRefused(bearer(signed(claims("vedette", "vedette", 0, 3600, ",\"tenant\":7"))));
        assertRefused(bearer(signed(claims("vedette", "vedette", 0, 3600, ",\"tenant\":\"A B\""))));
    }

    @Test
    void tokenOfAnotherKeyIsRefused() {
        SigningKeys others = SigningKeys.ensure(Path.of("target", "other-keys"));
        Caller caller =
                new Caller(
                        Optional.of(ApiWorld.B),
                        "mallory",
                        Set.of(Role.ADMIN),
                        Caller.Credential.TOKEN);
        assertRefused(
                bearer(
                        new TokenIssuer(others, "vedette", "vedette")
                                .token(caller, Instant.now(), Duration.ofHours(1))));
    }

    @Test
    void alteredTokenIsRefused() {
        String token = world.token(ApiWorld.B, Role.VIEWER);
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String more = claims.replace("viewer", "admin");
        assertRefused(bearer(parts[0] + "." + base64(more) + "." + parts[2]));
    }

    @Test
    void apiKeyIsAcceptedInBothHeaders() {
        String key = world.keyOf(ApiWorld.B, Role.VIEWER).text();
        assertAccepted(bearer(key));
        assertAccepted(given().header("X-API-Key", key));
    }

    @Test
    void apiKeyThatIsAlteredUnknownOrOfAnotherPrefixIsRefused() {
        String key = world.keyOf(ApiWorld.B, Role.VIEWER).text();
        char last = key.charAt(key.length() - 1);
        assertRefused(bearer(key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a')));
        assertRefused(bearer(ApiKeySecret.generate().text()));
        assertRefused(bearer("vdx" + key.substring(3)));
        assertRefused(given().header("X-API-Key", "vdx" + key.substring(3)));
    }

    @Test
    void apiKeyWithTheIdOfAnotherIsRefused() {
        ApiKeySecret real = world.keyOf(ApiWorld.A, Role.ADMIN);
        ApiKeySecret own = ApiKeySecret.generate();
        String forged = own.text().replace(own.id(), real.id());
        assertRefused(bearer(forged));
    }

    @Test
    void apiKeyThatIsExpiredIsRefused() {
        assertRefused(
                bearer(
                        world.keyUntil(
                                        ApiWorld.B,
                                        Optional.of(Instant.now().minusSeconds(1)),
                                        Role.VIEWER)
                                .text()));
    }

    @Test
    void revokedKeyIsRefusedAndRotatedKeysLiveSideBySide() {
        String admin = world.token(ApiWorld.B, Role.ADMIN);
        String body = "{\"name\":\"k\",\"roles\":[\"viewer\"]}";
        var made = json(admin, body).post("/api/v1/api-keys").then().statusCode(201).extract();
        String id = made.path("key.id");
        String first = made.path("secret");
        assertAccepted(bearer(first));
        String second =
                json(admin, "{}")
                        .post("/api/v1/api-keys/" + id + "/rotate")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("secret");
        assertAccepted(bearer(first));
        assertAccepted(bearer(second));
        bearer(admin).delete("/api/v1/api-keys/" + id).then().statusCode(204);
        assertRefused(bearer(first));
        assertAccepted(bearer(second));
        bearer(admin)
                .get("/api/v1/api-keys")
                .then()
                .statusCode(200)
                .body(not(containsString(first)));
    }

    @Test
    void twoCredentialsAreOneTooMany() {
        assertRefused(
                bearer(world.token(ApiWorld.B, Role.VIEWER))
                        .header("X-API-Key", world.keyOf(ApiWorld.B, Role.VIEWER).text()));
    }

    @Test
    void basicAuthenticationIsRefused() {
        assertRefused(given().header("Authorization", "Basic YTpi"));
    }

    @Test
    void sessionChangesThingsFromOwnPagesOnly() {
        String session =
                issuer.token(
                        new Caller(
                                Optional.of(ApiWorld.B),
                                "ann",
                                Set.of(Role.ADMIN),
                                Caller.Credential.SESSION),
                        Instant.now(),
                        Duration.ofHours(1));
        assertAccepted(given().cookie("vedette_session", session));
        String body = "{\"name\":\"k\",\"roles\":[\"viewer\"]}";
        for (String site : new String[] {"cross-site", "same-site"}) {
            given().cookie("vedette_session", session)
                    .header("Sec-Fetch-Site", site)
                    .contentType("application/json")
                    .body(body)
                    .post("/api/v1/api-keys")
                    .then()
                    .statusCode(403)
                    .body("type", equalTo("https://vedette.dev/problems/cross-site"));
        }
        given().cookie("vedette_session", session)
                .header("Sec-Fetch-Site", "same-origin")
                .contentType("application/json")
                .body(body)
                .post("/api/v1/api-keys")
                .then()
                .statusCode(201);
    }

    @Test
    void platformAdministratorSeesNoTenantData() {
        bearer(world.token(ApiWorld.A, Role.PLATFORM_ADMIN))
                .get("/api/v1/api-keys")
                .then()
                .statusCode(403)
                .contentType(startsWith(Problem.MEDIA_TYPE));
    }

    private static void assertAccepted(RequestSpecification call) {
        call.get("/api/v1/session").then().statusCode(200);
    }

    private static void assertRefused(RequestSpecification call) {
        call.get("/api/v1/session")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType(startsWith(Problem.MEDIA_TYPE));
    }

    private static RequestSpecification bearer(String token) {
        return given().header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification json(String token, String body) {
        return bearer(token).contentType("application/json").body(body);
    }

    private static String tenantClaim() {
        return ",\"tenant\":\"" + ApiWorld.B + "\"";
    }

    private static String claims(
            String issuer, String audience, long issuedIn, long expiresIn, String more) {
        long now = Instant.now().getEpochSecond();
        return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"ann\",\"upn\":\"ann\",\"iat\":%d,\"exp\":%d,\"groups\":[\"viewer\"]%s}"
                .formatted(issuer, audience, now + issuedIn, now + expiresIn, more);
    }

    private String signed(String claims) throws GeneralSecurityException {
        String text = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.privateKey());
        signature.update(utf8(text));
        return text + "." + base64(signature.sign());
    }

    private static String base64(String text) {
        return base64(utf8(text));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
