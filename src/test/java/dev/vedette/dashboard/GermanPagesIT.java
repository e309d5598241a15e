package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The pages before a reader of German. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class GermanPagesIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    private final DashboardWorld world;
    private final TokenIssuer issuer;
    private Browser browser;

    GermanPagesIT(DashboardWorld world, TokenIssuer issuer) {
        this.world = world;
        this.issuer = issuer;
    }

    @BeforeEach
    void open() {
        world.ready();
        browser = new Browser("http://localhost:" + RestAssured.port);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        List<String> complaints = browser.complaints();
        browser.close();
        assertEquals(List.of(), complaints);
    }

    private Page reader(int width, String locale) {
        return Browser.signIn(
                browser.open(width, ColorScheme.LIGHT, locale), world.user(), world.password());
    }

    @Test
    void browserThatAsksForGermanGetsItAndNoCacheMixesIt() {
        Page page = browser.open(1440, ColorScheme.LIGHT, "de-DE");
        Response door = page.navigate("/sign-in");
        assertEquals("de", door.headerValue("content-language"));
        assertTrue(door.headerValue("vary").contains("Accept-Language"), door.headerValue("vary"));
        assertEquals("de", page.getAttribute("html", "lang"));
        page.waitForSelector("h1:has-text('Melden Sie sich an')");
        Browser.picture(page, "german-sign-in-light-1440");
        Browser.signIn(page, world.user(), world.password());
        page.waitForSelector("h1:has-text('nicht.')");
        page.waitForSelector(".nav a:has-text('Vorfälle')");
        page.waitForSelector(".score:has-text('0,')");
        page.waitForSelector("#live .state:has-text('Live')");
        page.focus(".lanes-body");
        page.keyboard().press("ArrowDown");
        page.waitForSelector("[data-readout]:has-text('öffnet')");
    }

    @Test
    void pagesFitAndHaveNoSeriousFinding() {
        Page page = reader(1440, "de-DE");
        for (String path :
                List.of(
                        "/",
                        "/anomalies/" + world.open().getFirst().id(),
                        "/incidents",
                        "/explore",
                        "/moved?window=24h")) {
            for (int width : List.of(1440, 1024, 390)) {
                page.setViewportSize(width, width < 700 ? 844 : 900);
                page.navigate(path);
                String picture = "german-" + path.replaceAll("(?<=\\w)\\W.*|/", "");
                assertEquals(0, Browser.sideways(page, picture + "-" + width), path);
                if (width == 1024) {
                    Object cut =
                            page.evaluate(
                                    "() => { const n = document.querySelector('.nav'); return n.scrollWidth - n.clientWidth; }");
                    assertEquals(0, ((Number) cut).intValue(), "the navigation is cut: " + path);
                }
                assertEquals(List.of(), AccessibilityIT.findings(page));
            }
        }
    }

    @Test
    void languageThatWasChosenByHandStays() {
        Page page = reader(1440, "en-US");
        page.waitForSelector("h1:has-text('wrong')");
        page.click("button[name=language]:text-is('Deutsch')");
        page.waitForSelector(".nav a:has-text('Vorfälle')");
        page.click(".nav a:has-text('Vorfälle')");
        page.waitForSelector("h1:has-text('Vorf')");
        assertEquals("de", page.getAttribute("html", "lang"));
        page.click("button[name=language]:text-is('English')");
        page.waitForSelector(".nav a:has-text('Incidents')");
        assertTrue(page.url().endsWith("/incidents"), page.url());
    }

    @Test
    void noPageInGermanSaysASentenceOfTheEnglishBundles() {
        EnglishTexts english = new EnglishTexts();
        Page page = browser.open(1440, ColorScheme.LIGHT, "de-DE");
        page.navigate("/sign-in");
        assertEquals(List.of(), english.in(shown(page)), page.url());
        enter(page);
        List<String> paths = new ArrayList<>(EveryPage.paths(page, world));
        fill(page);
        paths.addAll(
                List.of(
                        "/moved?window=24h",
                        "/alerts?try=1&matcher=cluster%3Dedge&hours=2",
                        "/backtests?threshold=0.99&run=1",
                        "/backtests?threshold=high&run=1",
                        "/backtests?applied=quieter",
                        "/thresholds?rule=quieter",
                        "/thresholds?name=x&threshold=0.9&try=1",
                        "/thresholds?name=x&try=1",
                        "/rules?rule=large",
                        "/rules?name=x&expression=amount+%3E+1.0&try=check",
                        "/rules?name=x&expression=amount+%3E+1.0&try=backtest",
                        "/routes?route=on-call",
                        "/channels?channel=mail",
                        "/channels?kind=slack",
                        "/channels?kind=webhook",
                        "/channels?kind=pagerduty",
                        "/channels?kind=alertmanager",
                        "/channels?kind=cloudevents",
                        "/admin/users?user=" + DashboardWorld.USER));
        List<String> said = new ArrayList<>();
        for (String path : paths) {
            page.navigate(path);
            english.in(shown(page)).forEach(text -> said.add(path + ": " + text));
        }
        assertEquals(List.of(), said);
        Page other = browser.open(1440, ColorScheme.LIGHT, "en-US");
        enter(other);
        for (String path : paths) {
            if (other.navigate(path).status() == 200) {
                assertFalse(english.in(shown(other)).isEmpty(), "nothing is found on " + path);
            }
        }
        browser.forget404();
    }

    @Test
    void noPageInGermanScrollsSideways() {
        Page page = browser.open(1440, ColorScheme.LIGHT, "de-DE");
        enter(page);
        List<String> wide = new ArrayList<>();
        for (String path : EveryPage.paths(page, world)) {
            page.navigate(path);
            for (int width : List.of(1440, 1024, 390)) {
                page.setViewportSize(width, width < 700 ? 844 : 900);
                Object over =
                        page.evaluate(
                                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (((Number) over).intValue() > 0) {
                    wide.add(path + " at " + width);
                }
            }
        }
        assertEquals(List.of(), wide);
        browser.forget404();
    }

    @Test
    void whatPagesRefuseThemselvesTheyRefuseInGerman() {
        Page page = browser.open(1440, ColorScheme.LIGHT, "de-DE");
        enter(page);
        EnglishTexts english = new EnglishTexts();
        page.navigate("/admin/keys");
        page.click("#form button.primary");
        page.waitForSelector("#name-why:has-text('Ein Schlüssel braucht einen Namen von 1 bis')");
        assertEquals(List.of(), english.in(shown(page)));
        page.navigate("/routes");
        page.fill("#form input[name=name]", "x");
        page.click("#form button.primary");
        page.waitForSelector(".wrong:has-text('Niemand würde davon erfahren: wählen Sie')");
        assertEquals(List.of(), english.in(shown(page)));
        page.navigate("/thresholds");
        page.fill("#form input[name=name]", "x");
        page.fill("#form input[name=threshold]", "hoch");
        page.click("#form button:has-text('Speichern')");
        page.waitForSelector(".wrong:has-text('Die Schwelle muss eine Zahl sein, ist „hoch“.')");
        assertEquals(List.of(), english.in(shown(page)));
    }

    // Of all roles, so that all pages are there.
    private void enter(Page page) {
        browser.enter(
                page,
                issuer.token(
                        new Caller(
                                Optional.of(world.tenant()),
                                DashboardWorld.USER,
                                Set.of(Role.ADMIN, Role.PLATFORM_ADMIN),
                                Caller.Credential.SESSION),
                        Instant.now(),
                        Duration.ofHours(1)));
    }

    private static List<?> shown(Page page) {
        return (List<?>) page.evaluate(EnglishTexts.SHOWN);
    }

    // So that no list is empty; the route is not in use, and nothing is as strange as the rule
    // asks.
    private static void fill(Page page) {
        page.navigate("/admin");
        assertEquals(
                201,
                Browser.send(
                        page, "/api/v1/api-keys", JSON, "{\"name\":\"k\",\"roles\":[\"ingest\"]}"));
        for (String[] form :
                new String[][] {
                    {"/channels/save", "name=mail&kind=email&to=a@example.org"},
                    {
                        "/routes/save",
                        "name=on-call&channels=mail&repeat_seconds=2+h"
                                + "&escalation.after_seconds=15+min&escalation.channels=mail"
                                + "&quiet_hours.0.from=22:00&quiet_hours.0.to=06:00"
                    },
                    {
                        "/thresholds/save",
                        "name=quieter&cluster_id=nowhere&threshold=0.99"
                                + "&direction=above&min_relative_percent=10"
                    },
                    {
                        "/rules/save",
                        "name=large&expression=amount+%3E+1e12&mode=shadow&effect=review&action=save"
                    },
                    {"/alerts/silence", "matcher=cluster%3Dnowhere&reason=x&hours=2"},
                    {"/backtests/run", "threshold=0.99&days=1"}
                }) {
            assertEquals(200, Browser.send(page, form[0], FORM, form[1]), form[0]);
        }
        for (String[] there :
                new String[][] {
                    {"/channels", "td:has-text('mail')"},
                    {"/routes", "td:has-text('on-call')"},
                    {"/thresholds", "td:has-text('quieter')"},
                    {"/rules", "td:has-text('large')"},
                    {"/alerts", "td:has-text('cluster=nowhere')"},
                    {"/backtests", "tbody td"}
                }) {
            page.navigate(there[0]);
            assertTrue(page.locator(there[1]).count() > 0, "nothing was stored: " + there[0]);
        }
    }
}
