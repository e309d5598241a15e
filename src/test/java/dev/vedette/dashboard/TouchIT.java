package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands around every page, under a thumb. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class TouchIT {
    private static final String AROUND =
            "header a, header button, header summary, header input:not([type=hidden]), .foot a, .foot button, .tabs a";

    private static final String SMALL =
            """
            (controls) => [...document.querySelectorAll(controls)]
                .filter((one) => one.checkVisibility({visibilityProperty: true}))
                .map((one) => [one.getBoundingClientRect(), one])
                .filter(([box]) => box.height < 44 || box.width < 24)
                .map(([box, one]) => `${Math.round(box.width)} by ${Math.round(box.height)}: ${one.outerHTML.slice(0, 100)}`)\
            """;

    private final DashboardWorld world;
    private Browser browser;

    TouchIT(DashboardWorld world) {
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

    @ParameterizedTest
    @CsvSource({"320,en-US", "390,de-DE", "768,de-DE"})
    void controlsOfHeaderAndFooterAreLargeEnough(int width, String locale) {
        Page page =
                Browser.signIn(
                        browser.open(width, ColorScheme.LIGHT, locale),
                        world.user(),
                        world.password());
        for (String path : List.of("/", "/explore", "/time-zone", "/models")) {
            page.navigate(path);
            assertTrue(page.locator(".foot button[name=language]").isVisible(), path);
            page.click(".watch summary");
            assertEquals(List.of(), page.evaluate(SMALL, AROUND), path + " at " + width);
            page.click(".watch summary");
            assertEquals(0, Browser.sideways(page, "touch-" + width));
        }
        page.navigate("/sign-in");
        assertEquals(List.of(), page.evaluate(SMALL, "a, button"), "the door at " + width);
    }
}
