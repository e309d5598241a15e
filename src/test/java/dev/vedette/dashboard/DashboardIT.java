package dev.vedette.dashboard;

import static org.awaitility.Awaitility.await;
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
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser, over real detection of an injected incident. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class DashboardIT {
    private final DashboardWorld world;

    private Browser browser;

    DashboardIT(DashboardWorld world) {
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

    @Test
    void visitorIsAskedToSignInAndThenSeesWhatIsWrong() {
        Page page = browser.open(1440, ColorScheme.LIGHT);
        page.navigate("/");
        assertTrue(page.url().contains("/sign-in"), page.url());
        Browser.picture(page, "sign-in-light-1440");
        page.fill("input[name=username]", world.user());
        page.fill("input[name=password]", world.password());
        page.click("button.primary");
        page.waitForSelector("h1:has-text('wrong')");
        String first = page.textContent(".situations li:first-child");
        assertTrue(first.contains(DashboardWorld.SICK), first);
        assertTrue(first.contains("prod-eu"), first);
        Browser.picture(page, "overview-light-1440");
    }

    @Test
    void sentenceLeadsToTheAnomalyWithItsChartAndWords() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.click(".situations li:first-child a");
        page.waitForSelector(".explained");
        assertTrue(page.url().contains("/anomalies/"), page.url());
        assertTrue(page.textContent("h1").contains(DashboardWorld.SICK));
        assertTrue(page.getAttribute(".plot path.band", "d").startsWith("M"));
        assertTrue(page.getAttribute(".plot path.hot", "d").startsWith("M"));
        assertEquals(
                List.of("What", "Against", "Since", "Sure"),
                page.locator(".explained dt").allTextContents());
        Browser.picture(page, "anomaly-light-1440");
        page.click("text=Table");
        page.waitForSelector(".twin td");
    }

    @Test
    void everyPageIsThereInTheDark() {
        Page page = signedIn(1440, ColorScheme.DARK);
        Browser.picture(page, "overview-dark-1440");
        page.click(".situations li:first-child a");
        page.waitForSelector(".explained");
        Browser.picture(page, "anomaly-dark-1440");
        page.click(".crumbs li:nth-child(2) a");
        page.waitForSelector("h2:has-text('Metrics by time')");
        Browser.picture(page, "node-dark-1440");
        page.navigate("/explore");
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector(".plot path.obs");
        LocalDateTime quiet = LocalDateTime.now(ZoneOffset.UTC).minusMinutes(20);
        page.fill("input[name=at]", quiet.truncatedTo(ChronoUnit.MINUTES).toString());
        page.click("#why button");
        page.waitForSelector("#why h2:has-text('Why no anomaly at')");
        assertTrue(page.textContent("#why .checks .stopped").contains("stopped here"));
        assertTrue(page.textContent("#why").contains("An anomaly would have opened from"));
        Browser.picture(page, "series-dark-1440");
        page.navigate("/anomalies/nothing");
        assertEquals("This is not here.", page.textContent("h1"));
        browser.forget404();
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390, 768, 1024, 1440})
    void noPageScrollsSideways(int width) {
        Page page = signedIn(width, ColorScheme.LIGHT);
        narrowIsKnown(page);
        fits(page, "overview", width);
        page.click(".situations li:first-child a");
        page.waitForSelector(".explained");
        fits(page, "anomaly", width);
        page.navigate("/nodes/prod-eu/" + DashboardWorld.SICK);
        fits(page, "node", width);
        page.navigate("/explore");
        fits(page, "explore", width);
        openIncident(page);
        fits(page, "incident", width);
        page.navigate("/incidents");
        fits(page, "incidents", width);
        page.navigate("/thresholds");
        fits(page, "thresholds", width);
        page.navigate("/alerts");
        fits(page, "alerts", width);
        page.navigate("/explore");
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector("#why");
        fits(page, "series", width);
    }

    @Test
    void thresholdIsTriedSavedChangedAndDeletedByItsForm() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.click(".nav a:has-text('Thresholds')");
        page.waitForSelector(".nothing");
        page.fill("input[name=name]", "tried");
        page.fill("input[name=threshold]", "high");
        page.click("button[name=try]");
        assertTrue(page.textContent(".wrong").contains("must be a number"));
        page.fill("input[name=threshold]", "0.99");
        page.fill("input[name=node_id]", DashboardWorld.SICK);
        page.fill("input[name=cluster_id]", "prod-eu");
        page.click("button[name=try]");
        page.waitForSelector(".lead:has-text('0 alarms where there were')");
        Browser.picture(page, "thresholds-light-1440");
        page.click("button:has-text('Save')");
        page.click("tbody a:has-text('tried')");
        assertEquals("0.99", page.inputValue("input[name=threshold]"));
        page.fill("input[name=threshold]", "0.98");
        page.click("button:has-text('Save')");
        page.waitForSelector("td:has-text('from a score of 0.98')");
        page.click("tbody a:has-text('tried')");
        page.click("button:has-text('Delete')");
        page.waitForSelector(".nothing");
    }

    @Test
    void anomalyOfANodeNamesItsMetricsAndLeadsToItsIncident() {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> world.ofNode().isPresent());
        Page page = signedIn(1440, ColorScheme.LIGHT);
        String address = "/anomalies/" + world.ofNode().orElseThrow().id();
        page.navigate(address);
        page.waitForSelector(".explained");
        assertTrue(page.textContent("h1").contains("queue-1"), page.textContent("h1"));
        assertTrue(page.textContent(".evidence").contains("depth_"), "the metrics are not named");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    page.navigate(address);
                    return page.locator(".facts a").count() > 0;
                });
        Browser.picture(page, "anomaly-of-node-light-1440");
        page.click(".facts a");
        page.waitForSelector(".decide");
    }

    @Test
    void silenceIsTriedMadeAndEndedByItsForm() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.click(".nav a:has-text('Alerts')");
        page.waitForSelector(".nothing");
        page.fill("input[name=matcher]", "cluster");
        page.click("button[name=try]");
        page.waitForSelector(".wrong");
        page.fill("input[name=matcher]", "cluster=prod-eu");
        page.fill("input[name=reason]", "<b>patches</b>");
        page.click("button[name=try]");
        page.waitForSelector("p[role=status]:has-text('it would have muted')");
        page.click("#form button.primary");
        page.waitForSelector("td:has-text('<b>patches</b>')");
        Browser.picture(page, "alerts-light-1440");
        page.click("button:has-text('End it')");
        page.waitForSelector("p:has-text('Nothing.')");
    }

    @Test
    void backfillsAreReachedFromTheNavigation() {
        Page page = signedIn(1440, ColorScheme.DARK);
        page.click(".nav a:has-text('Backfills')");
        page.waitForSelector(".nothing");
        Browser.picture(page, "backfills-dark-1440");
    }

    private static void openIncident(Page page) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> {
                    page.navigate("/incidents?state=open");
                    return page.locator("tbody a[data-row]").count() > 0;
                });
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector(".decide");
    }

    @Test
    void incidentIsTakenByKeyWithANoteAndGivenBack() {
        Page page = signedIn(1440, ColorScheme.DARK);
        openIncident(page);
        assertTrue(page.textContent(".decide p").contains("nobody has taken it"));
        page.fill("input[name=note]", "<b>looking</b>");
        page.click("button:has-text('Just say it')");
        page.waitForSelector(".story li:has-text('<b>looking</b>')");
        page.keyboard().press("a");
        page.waitForSelector(".decide p:has-text('took it at')");
        Browser.picture(page, "incident-dark-1440");
        page.keyboard().press("u");
        page.waitForSelector(".decide p:has-text('nobody has taken it')");
    }

    // The first page of a phone tells its width and is drawn again.
    private static void narrowIsKnown(Page page) {
        page.reload();
        page.waitForSelector(".lanes-body");
    }

    private static void fits(Page page, String name, int width) {
        assertEquals(0, Browser.sideways(page, name + "-light-" + width), name + " at " + width);
    }

    @Test
    void lanesAreReachedByKeyAndReadOut() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.focus(".lanes-body");
        page.keyboard().press("Home");
        String before = page.textContent("[data-readout]");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("End");
        // the last cell may have begun a moment ago and hold nothing yet
        page.keyboard().press("ArrowLeft");
        String after = page.textContent("[data-readout]");
        assertTrue(!after.equals(before), after);
        assertTrue(after.contains(DashboardWorld.SICK) && after.contains("score"), after);
        page.keyboard().press("Enter");
        page.waitForURL("**/nodes/**");
    }

    @Test
    void themeSwitchIsKeptByTheServer() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.click("[data-theme-switch]");
        assertEquals("dark", page.getAttribute("html", "data-theme"));
        page.reload();
        assertEquals("dark", page.getAttribute("html", "data-theme"));
    }

    @Test
    void pagesSpeakLive() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.waitForSelector("#live.on .state:has-text('Live')");
        await().atMost(Duration.ofSeconds(40))
                .until(() ->
                        page.evaluate(
                                        "() => performance.getEntriesByType('resource').some(e => e.initiatorType === 'xmlhttprequest')")
                                .equals(true));
    }
}
