package dev.vedette.dashboard;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Bootstrap;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** People sign in at a real Keycloak, in a real browser. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@WithTestResource(RealKeycloak.class)
@EnabledIf("dev.vedette.dashboard.RealKeycloak#isInstalled")
class KeycloakIT {
    private static final String PASSWORD = "four plain words here";
    private static final String SECRET = "of-the-realm-of-tests-only-0123456789";

    private final Bootstrap bootstrap;
    private Browser browser;

    KeycloakIT(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    @BeforeEach
    void open() {
        bootstrap.ensureTenant(new TenantId("keycloak-test"), "By Keycloak");
        browser = new Browser("http://localhost:" + RestAssured.port);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void adminLandsOnThePageTheyWantedAndSigningOutSignsOutThereToo() {
        Page page = browser.open(1440, ColorScheme.LIGHT);
        page.navigate("/admin/users");
        assertTrue(page.url().contains("/sign-in"), page.url());
        Browser.picture(page, "sign-in-provider-light-1440");
        signIn(page, "ann");
        page.waitForURL("**/admin/users");
        assertTrue(page.isVisible(".tenant:has-text('By Keycloak')"));
        page.click("button[aria-label='Sign out']");
        page.waitForURL("**/sign-in");
        // Keycloak asks again, so its session has ended as well
        page.click("a:has-text('Sign in with Keycloak')");
        page.waitForSelector("input[name=username]");
        assertTrue(page.url().contains("/realms/vedette/"), page.url());
    }

    @Test
    void viewerSeesWhatAViewerMay() {
        Page page = browser.open(1440, ColorScheme.LIGHT);
        page.navigate("/explore");
        signIn(page, "bob");
        page.waitForURL("**/explore");
        assertEquals(0, page.locator("nav a:has-text('Admin')").count());
        assertEquals(403, page.navigate("/admin/users").status());
    }

    @Test
    void whoeverHasNoRoleHereIsToldSo() {
        Page page = browser.open(1440, ColorScheme.LIGHT);
        page.navigate("/");
        signIn(page, "cid");
        page.waitForSelector("[role=alert]:has-text('Keycloak gives you no role here')");
    }

    @Test
    void accessTokenOfKeycloakOpensTheApi() {
        String issuer =
                ConfigProvider.getConfig().getValue("vedette.http.trusted.issuer", String.class);
        String token =
                given().formParam("grant_type", "password")
                        .formParam("client_id", "vedette")
                        .formParam("client_secret", SECRET)
                        .formParam("username", "bob")
                        .formParam("password", PASSWORD)
                        .post(issuer + "/protocol/openid-connect/token")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("access_token");
        given().auth()
                .oauth2(token)
                .get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("tenant", equalTo("keycloak-test"))
                .body("subject", equalTo("bob"))
                .body("roles[0]", equalTo("viewer"));
        given().auth().oauth2(token).get("/api/v1/users").then().statusCode(403);
    }

    private static void signIn(Page page, String user) {
        page.click("a:has-text('Sign in with Keycloak')");
        page.fill("input[name=username]", user);
        page.fill("input[name=password]", PASSWORD);
        page.click("[type=submit]");
    }
}
