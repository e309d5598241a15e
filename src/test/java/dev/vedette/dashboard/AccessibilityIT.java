package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page before axe-core, in both themes, wide and narrow; and the main journeys by keys. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class AccessibilityIT {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    // What people with assistive technology cannot use, or hardly.
    private static final String FINDINGS =
            """
            () => axe.run(document, {resultTypes: ["violations"]}).then((found) => found.violations
                .filter((one) => one.impact === "serious" || one.impact === "critical")
                .map((one) => one.id + ": " + one.nodes.map((node) => node.html).slice(0, 3).join(" | ")))\
            """;

    private final DashboardWorld world;
    private Browser browser;

    AccessibilityIT(DashboardWorld world) {
        this.world = world;
    }

    @BeforeEach
    void open() {
        world.ready();
        browser = new Browser("http://localhost:" + RestAssured.port);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private static List<String> findings(Page page) {
        page.evaluate(source());
        List<String> found = new ArrayList<>();
        for (Object one : (List<?>) page.evaluate(FINDINGS)) {
            found.add(page.url() + " " + one);
        }
        return found;
    }

    private static String source() {
        try (InputStream script = AccessibilityIT.class.getResourceAsStream(AXE)) {
            return new String(
                    Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @ParameterizedTest
    @CsvSource({"1440,LIGHT", "1440,DARK", "390,LIGHT", "390,DARK"})
    void noPageHasASeriousFinding(int width, ColorScheme scheme) {
        Page visitor = browser.open(width, scheme);
        visitor.navigate("/sign-in");
        List<String> found = findings(visitor);
        Page page = browser.signIn(width, scheme, world.user(), world.password());
        String anomaly = "/anomalies/" + world.open().getFirst().id();
        for (String path :
                List.of(
                        "/",
                        "/?table=on",
                        anomaly,
                        "/nodes/prod-eu/" + DashboardWorld.SICK,
                        "/incidents",
                        "/moved?window=24h",
                        "/explore",
                        "/thresholds",
                        "/backtests",
                        "/backtests?threshold=0.99&run=1",
                        "/alerts",
                        "/routes",
                        "/channels?kind=pagerduty",
                        "/transactions",
                        "/backfills")) {
            page.navigate(path);
            found.addAll(findings(page));
        }
        page.navigate("/incidents");
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector("#feedback");
        found.addAll(findings(page));
        page.navigate("/explore");
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector("#why");
        found.addAll(findings(page));
        assertEquals(List.of(), found);
    }

    @Test
    void fromTheFirstLookToTheVerdictByKeysAlone() {
        Page page = browser.open(1440, ColorScheme.LIGHT);
        page.navigate("/sign-in");
        page.focus("input[name=username]");
        page.keyboard().type(world.user());
        page.keyboard().press("Tab");
        page.keyboard().type(world.password());
        page.keyboard().press("Enter");
        page.waitForSelector(".situations");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.waitForSelector("#feedback input[name=verdict]");
        page.keyboard().press("e");
        assertTrue(page.isChecked("input[value=expected]"));
        page.keyboard().press("Tab");
        page.keyboard().type("a load test");
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.waitForSelector("#feedback p:has-text('called it expected')");
        page.focus("#feedback button:text-is('Undo')");
        page.keyboard().press("Enter");
        page.waitForSelector("#feedback input[name=verdict]");
        page.keyboard().press("g");
        page.keyboard().press("i");
        page.waitForURL("**/incidents");
        page.keyboard().press("?");
        page.waitForSelector("dialog[open]");
        page.keyboard().press("Escape");
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        page.waitForSelector(".decide");
    }
}
