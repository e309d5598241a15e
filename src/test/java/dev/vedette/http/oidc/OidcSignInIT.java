package dev.vedette.http.oidc;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Bootstrap;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Sign-in at a provider: what opens, and everything that must not. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(SmallProviderResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // down comes before the provider was ever met
final class OidcSignInIT {
    private final Bootstrap bootstrap;
    private final TenantId tenant = new TenantId("oidc-" + UUID.randomUUID());
    private final Visitor visitor = new Visitor();

    @SuppressWarnings("NullAway.Init") // by SmallProviderResource
    SmallProvider provider;

    OidcSignInIT(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    @BeforeEach
    void aTenantThatTheProviderKnows() {
        bootstrap.ensureTenant(tenant, "By provider");
        provider.reset();
        provider.claims = member("ops-leads");
    }

    @AfterEach
    void close() {
        visitor.close();
    }

    @Test
    void whoComesBackFromTheProviderHasOurSessionAndIsWhereTheyWantedToBe() throws Exception {
        HttpResponse<String> landed =
                visitor.follow("/sign-in/provider?back=%2Fapi%2Fv1%2Fsession");
        assertEquals(200, landed.statusCode(), landed.body());
        assertEquals("/api/v1/session", landed.uri().getPath());
        assertTrue(landed.body().contains("\"tenant\":\"" + tenant + "\""), landed.body());
        assertTrue(landed.body().contains("ann@example.org"), landed.body());
        assertTrue(landed.body().contains("[\"admin\"]"), landed.body());
    }

    @Test
    @Order(1)
    void providerThatDoesNotAnswerIsNamedAndPasswordsStillOpen() throws Exception {
        provider.isDown = true;
        HttpResponse<String> page = visitor.follow("/sign-in/provider?back=%2Fexplore");
        assertEquals(503, page.statusCode(), page.body());
        assertTrue(page.body().contains("Example does not answer"), page.body());
        assertTrue(page.body().contains("name=\"password\""), page.body());
        assertTrue(page.body().contains("/sign-in/provider?back=%2Fexplore"), page.body());
        String name = "root-" + UUID.randomUUID();
        String password = bootstrap.ensureAdmin(tenant, name).orElseThrow();
        given().formParam("username", name)
                .formParam("password", password)
                .post("/api/v1/session")
                .then()
                .statusCode(204);
    }

    @Test
    void providerThatFailsHalfWayIsNamedAndTheNextTryWorks() throws Exception {
        URI back = visitor.untilBack("/sign-in/provider");
        provider.isDown = true;
        HttpResponse<String> page = visitor.send(back);
        assertEquals(503, page.statusCode(), page.body());
        assertTrue(page.body().contains("Example does not answer"), page.body());
        provider.isDown = false;
        assertEquals("/", visitor.follow("/sign-in/provider").uri().getPath());
    }

    @Test
    void onlyOurOwnCookiesStay() throws Exception {
        visitor.follow("/sign-in/provider");
        assertEquals(Set.of("vedette_session", "vedette_provider"), visitor.cookies());
    }

    @Test
    void rolesComeFromTheMappingAndNothingElse() throws Exception {
        provider.claims = member("ops", "admin", "editor");
        HttpResponse<String> landed =
                visitor.follow("/sign-in/provider?back=%2Fapi%2Fv1%2Fsession");
        assertTrue(landed.body().contains("[\"viewer\"]"), landed.body());
        assertEquals(403, visitor.follow("/api/v1/users").statusCode());
    }

    @Test
    void signInAtTheProviderIsInTheAuditTrail() throws Exception {
        visitor.follow("/sign-in/provider");
        await().untilAsserted(() -> {
            String trail = visitor.follow("/api/v1/audit").body();
            assertTrue(trail.contains("session.sign-in"), trail);
            assertTrue(trail.contains("ann@example.org"), trail);
        });
    }

    @Test
    void tokenOfAnotherKeyAudienceIssuerNonceOrTimeOpensNothing() throws Exception {
        provider.isForged = true;
        refused(401, "was not accepted");
        provider.isForged = false;
        Instant past = Instant.now().minus(Duration.ofHours(2));
        for (UnaryOperator<JwtClaimsBuilder> wrong :
                List.<UnaryOperator<JwtClaimsBuilder>>of(
                        usual -> usual.audience("another client"),
                        usual -> usual.issuer("http://127.0.0.1/other"),
                        usual -> usual.claim("nonce", "of another sign-in"),
                        usual -> usual.issuedAt(past).expiresAt(past.plusSeconds(60)))) {
            provider.claims = usual -> wrong.apply(member("ops-leads").apply(usual));
            refused(401, "was not accepted");
        }
    }

    @Test
    void claimsThatDoNotSayWhoMayDoWhatAreExplained() throws Exception {
        provider.claims = usual -> usual.claim("realm_access", Map.of("roles", List.of("ops")));
        refused(403, "does not say which tenant you belong to");
        provider.claims = usual -> member("ops").apply(usual).claim("tenant", "nobody-here");
        refused(403, "names a tenant for you that is not known here");
        provider.claims = member("baker");
        refused(403, "gives you no role here");
    }

    @Test
    void providerThatSaysNoIsBelieved() throws Exception {
        provider.isRefusing = true;
        refused(401, "did not let you in");
    }

    @Test
    void whatTheProviderSentBackCountsOnceAndInOneBrowserOnly() throws Exception {
        URI back = visitor.untilBack("/sign-in/provider");
        try (Visitor other = new Visitor()) {
            assertEquals(401, other.send(back).statusCode());
            assertEquals(Set.of(), other.cookies());
        }
        List<HttpCookie> before = visitor.kept();
        assertEquals(302, visitor.send(back).statusCode());
        visitor.forget();
        visitor.keep(back, before);
        assertEquals(401, visitor.send(back).statusCode());
        assertFalse(visitor.cookies().contains("vedette_session"));
    }

    @Test
    void nobodyIsSentToAnotherSite() throws Exception {
        for (String back : List.of("https%3A%2F%2Fevil.example%2F", "%2F%2Fevil.example%2F")) {
            HttpResponse<String> landed = visitor.follow("/sign-in/provider?back=" + back);
            assertEquals("localhost", landed.uri().getHost());
            assertEquals("/", landed.uri().getPath());
            visitor.forget();
        }
    }

    @Test
    void signingOutEndsTheSessionAtTheProviderToo() throws Exception {
        visitor.follow("/sign-in/provider");
        HttpResponse<String> out = visitor.post("/sign-out");
        String next = out.headers().firstValue("Refresh").orElseThrow();
        assertTrue(next.startsWith("0; url=" + provider.issuer() + "/logout?"), next);
        assertTrue(next.contains("client_id=" + SmallProvider.CLIENT), next);
        assertTrue(next.contains("id_token_hint=ey"), next);
        assertTrue(next.contains("%2Fsign-in"), next);
        assertEquals(Set.of(), visitor.cookies());
        assertEquals("/sign-in", visitor.follow("/explore").uri().getPath());
    }

    @Test
    void noTokenAndNoSecretReachesTheLog() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler listener =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        lines.add(line.getMessage() + Arrays.toString(line.getParameters()));
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            visitor.follow("/sign-in/provider");
            provider.isForged = true;
            refused(401, "was not accepted");
        } finally {
            root.removeHandler(listener);
        }
        assertTrue(
                lines.stream().anyMatch(line -> line.contains("sign-in at the provider failed")),
                "" + lines);
        assertTrue(lines.stream().noneMatch(line -> line.contains("eyJ")), "" + lines);
        assertTrue(
                lines.stream().noneMatch(line -> line.contains(SmallProvider.SECRET)), "" + lines);
    }

    @Test
    void signInPageOffersBothWays() throws Exception {
        String page = visitor.follow("/sign-in?back=%2Fexplore").body();
        assertTrue(page.contains("Sign in with Example"), page);
        assertTrue(page.contains("name=\"password\""), page);
    }

    private void refused(int status, String why) throws Exception {
        visitor.forget();
        HttpResponse<String> page = visitor.follow("/sign-in/provider");
        assertEquals(status, page.statusCode(), page.body());
        assertTrue(page.body().contains(why), page.body());
        assertFalse(page.body().contains("eyJ"), page.body());
        assertFalse(visitor.cookies().contains("vedette_session"));
    }

    private UnaryOperator<JwtClaimsBuilder> member(String... roles) {
        return usual ->
                usual.claim("tenant", tenant.value())
                        .claim("realm_access", Map.of("roles", List.of(roles)));
    }
}
