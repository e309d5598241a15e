package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The pages before a reader of German. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class GermanPagesIT {
    private final DashboardWorld world;
    private Browser browser;

    GermanPagesIT(DashboardWorld world) {
        this.world = world;
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
}
