package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final TokenIssuer issuer;
    private Browser browser;

    AccessibilityIT(DashboardWorld world, TokenIssuer issuer) {
        this.world = world;
        this.issuer = issuer;
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

    /** What is serious or critical on that page. */
    static List<String> findings(Page page) {
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
        Page page = everyone(width, scheme);
        List<String> paths = new ArrayList<>(EveryPage.paths(page, world));
        paths.addAll(
                List.of(
                        "/?table=on",
                        "/moved?window=24h",
                        "/backtests?threshold=0.99&run=1",
                        "/channels?kind=pagerduty"));
        for (String path : paths) {
            page.navigate(path);
            found.addAll(findings(page));
        }
        assertEquals(List.of(), found);
    }

    // Of all roles, so that all pages are there.
    private Page everyone(int width, ColorScheme scheme) {
        Page page = browser.open(width, scheme);
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
        return page;
    }

    // Each control is marked before; a page that changes by itself would lose the marks.
    private static final String CONTROLS =
            """
            () => {
                const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
                    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({visibilityProperty: true})
                        && (one.type !== "radio" || one.checked
                            || one === one.form.querySelector(`[name="${one.name}"]`)));
                all.forEach((one, i) => one.dataset.control = i);
                return all.map((one) => one.outerHTML.slice(0, 120));
            }\
            """;
    private static final String FOCUSED =
            """
            () => {
                const one = document.activeElement;
                const frame = (it) => {
                    const style = it ? getComputedStyle(it) : null;
                    return Boolean(style) && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                };
                return [one.dataset.control ?? "", String(frame(one) || frame(one.closest("label")))
                    + " " + one.outerHTML.slice(0, 120)];
            }\
            """;

    @Test
    void everyControlOfEveryPageIsReachedByTabAndShowsIt() {
        Page page = everyone(1440, ColorScheme.LIGHT);
        page.route("**/live", route -> route.abort());
        List<String> paths = new ArrayList<>(EveryPage.paths(page, world));
        // the door has no frame, and so no keys of its own
        paths.removeIf(path -> path.startsWith("/sign-in"));
        List<String> failed = new ArrayList<>();
        for (String path : paths) {
            page.navigate(path);
            List<?> controls = (List<?>) page.evaluate(CONTROLS);
            Set<Integer> left = new TreeSet<>();
            for (int i = 0; i < controls.size(); i++) {
                left.add(i);
            }
            // some controls have parts of their own: a date and time has six
            for (int press = 0; press < 2 * controls.size() + 20 && !left.isEmpty(); press++) {
                page.keyboard().press("Tab");
                List<?> focused = (List<?>) page.evaluate(FOCUSED);
                String control = String.valueOf(focused.getFirst());
                if (!control.isEmpty() && left.remove(Integer.valueOf(control))) {
                    String seen = String.valueOf(focused.getLast());
                    if (seen.startsWith("false")) {
                        failed.add(path + " focus not to be seen: " + seen);
                    }
                }
            }
            left.forEach(one -> failed.add(path + " not reached: " + controls.get(one)));
            page.keyboard().press("Escape");
            page.evaluate("() => document.activeElement.blur()");
            page.keyboard().press("?");
            if (page.locator("dialog[open]").count() == 0) {
                failed.add(path + " does not list its keys");
            }
            page.keyboard().press("Escape");
            if (page.locator("dialog[open]").count() > 0) {
                failed.add(path + " does not close its keys");
            }
        }
        assertEquals(List.of(), failed);
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
