package dev.vedette.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Bootstrap;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Usage, keys, users, the audit trail and the platform's tenants in a real browser. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
final class AdminPagesIT {
    private static final String PASSWORD = "four plain words here";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Bootstrap bootstrap;
    private final TokenIssuer issuer;
    private final WorkerTransaction workers;
    private final TenantId tenant = new TenantId("admin-" + UUID.randomUUID());
    private Browser browser;
    private String password = "";

    AdminPagesIT(Bootstrap bootstrap, TokenIssuer issuer, WorkerTransaction workers) {
        this.bootstrap = bootstrap;
        this.issuer = issuer;
        this.workers = workers;
    }

    @BeforeEach
    void open() {
        bootstrap.ensureTenant(tenant, "Northwind");
        password = bootstrap.ensureAdmin(tenant, "ada").orElseThrow();
        browser = new Browser("http://localhost:" + RestAssured.port);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        List<String> complaints = browser.complaints();
        browser.close();
        assertEquals(List.of(), complaints);
    }

    private Page signedIn(int width, ColorScheme scheme) {
        return browser.signIn(width, scheme, tenant + "/ada", password);
    }

    // As an identity provider's group would let them in.
    private Page platform(int width, ColorScheme scheme) {
        Page page = browser.open(width, scheme);
        Caller operator =
                new Caller(
                        Optional.empty(),
                        "olga",
                        Set.of(Role.PLATFORM_ADMIN),
                        Caller.Credential.SESSION);
        browser.enter(page, issuer.token(operator, Instant.now(), Duration.ofHours(1)));
        return page;
    }

    // What refuses is no page, so the browser also misses its icon.
    private void forgetRefusals() {
        browser.forget("403");
        browser.forget404();
    }

    @Test
    void keyIsMadeToldOnceUsedAndRevoked() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.click(".nav a:has-text('Admin')");
        page.waitForSelector("h1:has-text('Northwind has room')");
        page.click(".kinds a:has-text('Keys')");
        page.waitForSelector(".nothing:has-text('There is no key')");
        page.click("#form button.primary");
        page.waitForSelector("#name-why:has-text('a key needs a name')");
        page.fill("input[name=name]", "<b>collector</b>");
        page.fill("input[name=days]", "0");
        page.check("input[value=viewer]");
        page.click("#form button.primary");
        page.waitForSelector("#days-why");
        assertTrue(page.isChecked("input[value=viewer]"));
        page.fill("input[name=days]", "30");
        page.click("#form button.primary");
        page.waitForSelector("td:has-text('<b>collector</b>')");
        String secret = page.textContent(".told code");
        Browser.picture(page, "admin-keys-made-light-1440");
        assertEquals(200, asKey(secret));
        page.navigate("/admin/keys");
        assertFalse(page.content().contains(secret));
        page.waitForSelector("h1:has-text('One key is accepted')");
        page.click("button:has-text('Revoke')");
        page.waitForSelector("td:has-text('revoked')");
        assertEquals(401, asKey(secret));
        page.navigate("/admin/audit?action=api_key.");
        page.waitForSelector("tbody tr:nth-child(2)");
        assertEquals(
                List.of("api_key.revoke", "api_key.create"),
                page.locator("tbody td:nth-child(3)").allTextContents());
    }

    private static int asKey(String secret) {
        return RestAssured.given().header("X-API-Key", secret).get("/api/v1/series").statusCode();
    }

    @Test
    void userIsMadeChangedAndKeptOut() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.navigate("/admin/users");
        page.fill("input[name=name]", "Vic");
        page.fill("input[name=password]", "short");
        page.click("#form button.primary");
        page.waitForSelector("#name-why");
        page.fill("input[name=name]", "vic");
        page.fill("input[name=password]", PASSWORD);
        page.click("#form button.primary");
        page.waitForSelector("h1:has-text('Two people may sign in')");
        Page visitor = browser.signIn(390, ColorScheme.DARK, tenant + "/vic", PASSWORD);
        assertEquals(0, visitor.locator("a:has-text('Admin')").count());
        for (String path :
                List.of(
                        "/admin",
                        "/admin/ingestion",
                        "/admin/detectors",
                        "/admin/keys",
                        "/admin/users",
                        "/admin/audit",
                        "/admin/tenants")) {
            assertEquals(403, visitor.navigate(path).status(), path);
            assertEquals("The credential does not allow this.", visitor.textContent("h1"), path);
            Browser.picture(visitor, "refused-390-dark");
        }
        visitor.click("a:has-text('Back to the overview')");
        for (String path :
                List.of(
                        "/admin/keys/save",
                        "/admin/keys/revoke",
                        "/admin/users/save",
                        "/admin/users/change",
                        "/admin/tenants/save")) {
            assertEquals(403, Browser.send(visitor, path, FORM, "name=x"), path);
        }
        page.click("tbody a:has-text('vic')");
        page.selectOption("select[name=role]", "editor");
        page.check("input[name=disabled]");
        page.click("#form button.primary");
        page.waitForSelector("tr:has-text('vic'):has-text('editor'):has-text('may not sign in')");
        Browser.picture(page, "admin-users-changed-light-1440");
        page.click("tbody a:has-text('ada')");
        page.selectOption("select[name=role]", "viewer");
        page.click("#form button.primary");
        page.waitForSelector(".wrong:has-text('obody takes away their own rights')");
        forgetRefusals();
    }

    @Test
    void whatCameInWhatWasRefusedAndWhatIsLearningIsTold() {
        Page page = signedIn(1440, ColorScheme.DARK);
        page.navigate("/admin/ingestion");
        page.waitForSelector("h1:has-text('Nothing came in')");
        page.navigate("/admin/detectors");
        page.waitForSelector(".nothing:has-text('No detector was stored')");
        long now = System.currentTimeMillis();
        String body =
                """
                {"series":[{"cluster_id":"edge","node_id":"gw","metric_name":"load",
                    "points":[[%d,1.5],[%d,1.6],[%d,1.7]]}]}\
                """
                        .formatted(now - 60_000, now, now + 86_400_000_000L);
        assertEquals(200, Browser.send(page, "/api/v1/metrics", "application/json", body));
        page.navigate("/admin/ingestion");
        page.waitForSelector("h1:has-text('1 point was refused')");
        page.waitForSelector("tr:has-text('JSON') td:nth-child(3):text-is('2')");
        page.waitForSelector("tr:has-text('timestamp_future'):has-text(\"sender's clock\")");
        Browser.picture(page, "admin-ingestion-refused-dark-1440");
        page.navigate("/admin/detectors");
        page.waitForSelector("h1:has-text('0 of 1 series is judged')");
        // again where the first real checkpoint comes in between
        await().until(() -> {
            storeDetector();
            page.navigate("/admin/detectors");
            return page.locator("tr:has-text('load'):has-text('in 1 h')").count() == 1;
        });
        page.waitForSelector("tr:has-text('ensemble') td:nth-child(3):text-is('1')");
        Browser.picture(page, "admin-detectors-learning-dark-1440");
        page.click("tr:has-text('load') a");
        page.waitForSelector(".crumbs:has-text('load')");
    }

    // As the first checkpoint does, which takes its time.
    private void storeDetector() {
        int stored =
                workers.await(connection -> {
                    try (var insert =
                            connection.prepareStatement(
                                    """
                                    INSERT INTO detector_snapshot
                                        (series_id, shard, engine, state, warm_at)
                                    SELECT series_id, shard, 'ensemble', '', now() + interval '1 h 1 min'
                                    FROM series WHERE tenant_id = ?
                                    ON CONFLICT (series_id) DO UPDATE SET
                                        engine = excluded.engine, warm_at = excluded.warm_at\
                                    """)) {
                        insert.setString(1, tenant.value());
                        return insert.executeUpdate();
                    }
                });
        assertEquals(1, stored);
    }

    @Test
    void platformSeesAllTenantsAndMakesOne() {
        Page page = platform(1440, ColorScheme.LIGHT);
        page.navigate("/admin/tenants");
        page.waitForSelector("td:has-text('" + tenant + "')");
        assertEquals(List.of("Admin"), page.locator(".nav a").allTextContents());
        String id = "made-" + UUID.randomUUID();
        page.fill("input[name=id]", id);
        page.fill("input[name=name]", "<i>Southwind</i>");
        page.fill("input[name=zone]", "Mars/Base");
        page.click("#form button.primary");
        page.waitForSelector("#zone-why");
        page.fill("input[name=zone]", "Europe/Oslo");
        page.fill("input[name=max_series]", "5");
        page.click("#form button.primary");
        page.waitForSelector("td:has-text('<i>Southwind</i>')");
        Browser.picture(page, "admin-tenants-made-light-1440");
        page.click(".kinds a:has-text('Audit')");
        page.waitForSelector("tr:has-text('tenant.create'):has-text('" + id + "')");
        for (String path : List.of("/", "/admin", "/admin/keys", "/explore")) {
            assertEquals(403, page.navigate(path).status(), path);
        }
        forgetRefusals();
        Page admin = signedIn(1440, ColorScheme.DARK);
        assertEquals(403, admin.navigate("/admin/tenants").status());
        forgetRefusals();
    }

    @Test
    void trailIsFilteredAndTurned() {
        Page page = signedIn(1440, ColorScheme.DARK);
        for (int i = 0; i < 51; i++) {
            assertEquals(
                    201,
                    Browser.send(
                            page,
                            "/api/v1/api-keys",
                            "application/json",
                            "{\"name\":\"k%d\",\"roles\":[\"ingest\"]}".formatted(i)));
        }
        page.navigate("/admin/audit");
        page.waitForSelector("h1:has-text('The newest 50 changes')");
        page.click("a:has-text('Older')");
        page.waitForSelector("h1:has-text('One change.')");
        page.fill("input[name=subject]", "<b>nobody</b>");
        page.click("button:has-text('Show')");
        page.waitForSelector(".nothing");
        assertEquals("<b>nobody</b>", page.inputValue("input[name=subject]"));
        page.navigate("/admin/audit?to=2020-01-01T00:00");
        page.waitForSelector(".nothing");
    }

    @Test
    void pagesFitEveryWidthInBothThemes() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = signedIn(1440, scheme);
            for (String path :
                    List.of("", "/ingestion", "/detectors", "/keys", "/users", "/audit")) {
                fits(page, "/admin" + path, scheme);
            }
            fits(platform(1440, scheme), "/admin/tenants", scheme);
        }
    }

    private static void fits(Page page, String path, ColorScheme scheme) {
        for (int width : List.of(1440, 1024, 390, 320)) {
            page.setViewportSize(width, width < 700 ? 844 : 900);
            page.navigate(path);
            String name = path.substring(1).replace('/', '-');
            String picture =
                    name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width;
            assertEquals(0, Browser.sideways(page, picture), picture);
            if (width > 900) {
                Object hidden =
                        page.evaluate(
                                "() => { const n = document.querySelector('.nav'); return n.scrollWidth - n.clientWidth; }");
                assertEquals(0, ((Number) hidden).intValue(), "the navigation is cut: " + picture);
            }
        }
    }
}
