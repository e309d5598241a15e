package dev.vedette.dashboard;

import static com.microsoft.playwright.options.WaitForSelectorState.DETACHED;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What people come for, from the first look to the deed, in a real browser. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class JourneysIT {
    private static final String READER = "four plain words here";

    private final DashboardWorld world;
    private Browser browser;

    JourneysIT(DashboardWorld world) {
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
    void firstLookLeadsToTheCauseInTwoClicks() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        assertTrue(page.textContent("h1").contains("wrong"), page.textContent("h1"));
        page.click(".situations li:first-child a");
        page.waitForSelector("dt:has-text('Since')");
        incidentIsKnown(page);
        page.click(".facts a:has-text('Its incident')");
        String lead = page.textContent(".lead");
        assertTrue(lead.contains(DashboardWorld.SICK + " in prod-eu at "), lead);
    }

    @Test
    void anomalyIsCalledAFalseAlarmWhatFollowsIsAppliedAndAllIsTakenBack() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.navigate("/anomalies/" + world.open().getFirst().id());
        incidentIsKnown(page);
        page.keyboard().press("f");
        page.waitForSelector(".effect.false_alarm:has-text('would alarm from')");
        assertTrue(page.isChecked("input[value=false_alarm]"));
        assertEquals(0, page.locator(".effect.confirmed:visible").count());
        Browser.picture(page, "feedback-chosen-light-1440");
        page.fill("input[name=cause]", "<i>deploy</i>");
        page.fill("input[name=comment]", "<b>cache warms</b>");
        page.click("#feedback button:has-text('Save')");
        page.waitForSelector(
                "#feedback p:has-text('ada called it a false alarm'):has-text('<i>deploy</i>. <b>cache')");
        page.waitForSelector("#feedback a:has-text('Try it on the last 7 days')");
        Browser.picture(page, "feedback-given-light-1440");
        page.click("#feedback button:has-text('Apply')");
        page.waitForSelector("#feedback .decided:has-text('ada made it a rule')");
        String anomaly = page.url();
        page.navigate("/thresholds");
        page.waitForSelector("tbody a:has-text('feedback-')");
        page.navigate(anomaly);
        page.click("#feedback button:has-text('Undo the rule')");
        page.waitForSelector("#feedback button:has-text('Apply')");
        page.navigate("/thresholds");
        assertEquals(0, page.locator("tbody a:has-text('feedback-')").count());
        page.navigate(anomaly);
        page.click("#feedback button:text-is('Undo')");
        page.waitForSelector("#feedback input[name=verdict]");
        assertEquals(0, page.locator("#feedback button:has-text('Apply')").count());
    }

    @Test
    void whatElseMovedIsRankedFromTheCaseAndFromTheBrush() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.navigate("/anomalies/" + world.open().getFirst().id());
        page.click("a:has-text('Rank all series in this window')");
        page.waitForSelector("h1:has-text('" + DashboardWorld.SICK + " moved most')");
        String first = page.textContent("tbody tr:first-child");
        assertTrue(first.contains("prod-eu"), first);
        assertTrue(page.textContent(".shares > li:first-child").contains(DashboardWorld.SICK));
        Browser.picture(page, "moved-light-1440");
        page.fill("input[name=to]", page.inputValue("input[name=from]"));
        page.click("button:has-text('Rank')");
        page.waitForSelector(".wrong:has-text('a beginning before its end')");
        page.navigate("/");
        page.focus(".lanes-body");
        page.keyboard().press("End");
        page.keyboard().press("Shift+ArrowLeft");
        page.keyboard().press("Shift+ArrowLeft");
        page.waitForSelector("[data-readout] a:has-text('what moved then?')");
        Browser.picture(page, "overview-brushed-light-1440");
        page.keyboard().press("Enter");
        page.waitForURL("**/moved?from=*");
        for (int width : List.of(1440, 390, 320)) {
            page.setViewportSize(width, 844);
            assertEquals(0, Browser.sideways(page, "moved-light-" + width));
        }
        page = signedIn(1440, ColorScheme.DARK);
        page.navigate("/moved?window=24h");
        page.waitForSelector("tbody a[data-row]");
        Browser.picture(page, "moved-dark-1440");
    }

    @Test
    void liveUpdateLeavesTheLanesCursorAndWhatIsBrushedWhereTheyAre() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.focus(".lanes-body");
        page.keyboard().press("ArrowDown"); // the first row is all of them
        updateLive(page);
        page.waitForFunction("document.activeElement?.matches('.lanes-body')");
        page.waitForSelector(".lanes-body .cursor");
        page.keyboard().press("Shift+ArrowLeft");
        page.waitForSelector(".brush");
        updateLive(page);
        assertEquals(1, page.locator("[data-readout] a").count());
        page.keyboard().press("Escape");
        page.waitForSelector(".brush", new Page.WaitForSelectorOptions().setState(DETACHED));
        assertEquals(0, page.locator("[data-readout] a").count());
        page.keyboard().press("Enter");
        page.waitForURL("**/nodes/**");
    }

    /** As the event stream would have it, until the answer was taken or left alone. */
    private static void updateLive(Page page) {
        page.evaluate(
                """
                () => new Promise((done) => {
                    document.addEventListener("htmx:afterSettle", done, { once: true });
                    document.addEventListener("htmx:beforeSwap",
                        (event) => event.detail.shouldSwap || done(), { once: true });
                    htmx.trigger("#page", "live");
                }).then(() => true)\
                """);
    }

    @Test
    void changeIsBacktestedAppliedAndRolledBack() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.click(".nav a:has-text('Backtests')");
        page.waitForSelector(".nothing");
        page.fill("input[name=threshold]", "high");
        page.click("button:has-text('Run')");
        page.waitForSelector(".wrong:has-text('must be a number')");
        page.fill("input[name=name]", "back-tested");
        page.fill("input[name=threshold]", "0.99");
        page.fill("input[name=cluster_id]", "prod-eu");
        page.fill("input[name=node_id]", DashboardWorld.SICK);
        page.click("button:has-text('Run')");
        page.waitForSelector("h1:has-text('0 alarms where there were')");
        page.waitForSelector(".pair li.gone");
        Browser.picture(page, "backtest-light-1440");
        page.click("button:has-text('Apply')");
        page.waitForSelector("#applied:has-text('The rule back-tested holds as version')");
        Browser.picture(page, "backtest-applied-light-1440");
        page.click("#applied button:has-text('Roll back')");
        page.waitForURL("**/thresholds");
        page.waitForSelector("main h1");
        assertEquals(0, page.locator("tbody a:has-text('back-tested')").count());
        page = signedIn(390, ColorScheme.DARK);
        page.navigate("/backtests?threshold=0.99&cluster_id=prod-eu&run=1");
        page.waitForSelector(".pair");
        assertEquals(0, Browser.sideways(page, "backtest-dark-390"));
    }

    @Test
    void feedbackStandsAtTheSamePlaceOnEachPageOfACase() {
        Page page = signedIn(1440, ColorScheme.DARK);
        page.navigate("/anomalies/" + world.open().getFirst().id());
        incidentIsKnown(page);
        double left = page.locator("#feedback").boundingBox().x;
        page.click(".facts a:has-text('Its incident')");
        page.waitForSelector("#feedback h2:has-text('Was this an incident?')");
        assertEquals(left, page.locator("#feedback").boundingBox().x);
        Browser.picture(page, "incident-feedback-dark-1440");
        page.goBack();
        page.click(".crumbs li:last-child a");
        page.waitForSelector("#feedback .meta:has-text('The newest:')");
        assertEquals(left, page.locator("#feedback").boundingBox().x);
        page.setViewportSize(390, 844);
        page.goBack();
        page.waitForSelector("#feedback");
        assertEquals(0, Browser.sideways(page, "feedback-dark-390"));
    }

    @Test
    void readerSeesWhatIsWrongButSaysNothing() {
        Page admin = signedIn(1440, ColorScheme.LIGHT);
        Browser.addUser(admin, "vic", "viewer", READER);
        String tenant = world.user().substring(0, world.user().indexOf('/'));
        Page page = browser.signIn(390, ColorScheme.LIGHT, tenant + "/vic", READER);
        page.navigate("/anomalies/" + world.open().getFirst().id());
        page.waitForSelector("#feedback .meta:has-text('takes the role analyst')");
        assertEquals(0, page.locator("#feedback input, #feedback button").count());
        for (String path : List.of("/verdicts", "/verdicts/undo", "/verdicts/suggestion")) {
            assertEquals(
                    403,
                    Browser.send(
                            page, path, "application/x-www-form-urlencoded", "verdict=expected"),
                    path);
        }
        page.navigate("/backtests");
        page.waitForSelector(".meta:has-text('applying takes the role editor')");
        assertEquals(0, page.locator("button:has-text('Apply')").count());
        for (String path : List.of("/backtests/apply", "/backtests/roll-back")) {
            assertEquals(
                    403,
                    Browser.send(
                            page,
                            path,
                            "application/x-www-form-urlencoded",
                            "name=x&threshold=0.9"),
                    path);
        }
        browser.forget("403");
    }

    private static void incidentIsKnown(Page page) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> {
                    page.reload();
                    return page.locator(".facts a:has-text('Its incident')").count() > 0;
                });
    }
}
