package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The time zone that a reader chose by name, on the pages. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class TimeZoneIT {
    private final DashboardWorld world;
    private Browser browser;

    TimeZoneIT(DashboardWorld world) {
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

    private Page signedIn(int width, ColorScheme scheme) {
        return browser.signIn(width, scheme, world.user(), world.password());
    }

    // The field for a time holds the end of the window, which is now.
    private static void isIn(Page page, ZoneId zone) {
        LocalDateTime field = LocalDateTime.parse(page.inputValue("input[name=at]"));
        Duration apart = Duration.between(field, LocalDateTime.now(zone)).abs();
        assertTrue(apart.toMinutes() <= 5, field + " is not now in " + zone);
    }

    @Test
    void zoneIsChosenByNameAndEveryTimeFollows() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.navigate("/explore");
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector("#why");
        String series = page.url();
        isIn(page, ZoneOffset.UTC);
        page.click("header .zone summary");
        Browser.picture(page, "zone-menu-light-1440");
        page.click("header .zone a:has-text('by name')");
        page.waitForSelector("h1:has-text('time zone')");
        assertTrue(page.locator("#zones option").count() > 300);
        page.fill("input[name=zone]", "Mars/Base");
        page.click("button:has-text('Use it')");
        page.waitForSelector(".wrong:has-text('There is no time zone “Mars/Base”')");
        assertEquals("Mars/Base", page.inputValue("input[name=zone]"));
        assertEquals(List.of(), AccessibilityIT.findings(page));
        Browser.picture(page, "zone-refused-light-1440");
        page.fill("input[name=zone]", "asia/kathmandu");
        page.keyboard().press("Enter");
        page.waitForURL(series);
        isIn(page, ZoneId.of("Asia/Kathmandu"));
        assertEquals("Kathmandu", page.textContent("header .zone summary").strip());
        page.waitForSelector("#live .clock:has-text('Kathmandu')");
        // script follows, too
        page.navigate("/");
        page.focus(".lanes-body");
        page.keyboard().press("End");
        String readout = page.textContent("[data-readout]");
        // a cell of a quarter of an hour ends on one, five hours and three quarters later as well
        int minutes = LocalDateTime.now(ZoneId.of("Asia/Kathmandu")).getHour();
        assertTrue(
                readout.contains("\u2013%02d:".formatted(minutes))
                        || readout.contains("\u2013%02d:".formatted((minutes + 1) % 24)),
                readout);
        // and back to UTC by the menu
        page.click("header .zone summary");
        page.click("header .zone button:text-is('UTC')");
        page.waitForSelector("header .zone summary:has-text('UTC')");
        page.navigate(series);
        isIn(page, ZoneOffset.UTC);
    }

    @Test
    void zoneOfTheDeviceIsOfferedAndThoseWithoutAHeaderFindItAtTheFoot() {
        Page page = browser.openIn("America/New_York", 390, ColorScheme.DARK);
        Browser.signIn(page, world.user(), world.password());
        page.click(".foot a.zone");
        page.waitForSelector("h1:has-text('time zone')");
        assertEquals(0, Browser.sideways(page, "zone-dark-390"));
        assertEquals(List.of(), AccessibilityIT.findings(page));
        page.click("main button[data-zone-mine]");
        page.waitForSelector(".foot a.zone:has-text('New York')");
        page.click(".foot a.zone");
        page.waitForSelector(
                ".subtitle:has-text('Times are in America/New_York'):has-text('change next on')");
    }
}
