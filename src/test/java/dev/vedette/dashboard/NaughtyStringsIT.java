package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Bootstrap;
import dev.vedette.http.Caller;
import dev.vedette.http.TokenIssuer;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may write into the fields of every page comes back as text, if it comes back. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class NaughtyStringsIT {
    // Fills every text of a form and makes it one that this button sends; tells how many texts.
    private static final String FILL =
            """
            ([at, button, text]) => {
                const form = document.querySelectorAll("main form")[at];
                if (!form) {
                    return 0;
                }
                const fields = [...form.querySelectorAll("input[type=text], input[type=search], textarea")]
                    .filter((one) => !one.readOnly);
                fields.forEach((one) => { one.removeAttribute("maxlength"); one.value = text; });
                const pressed = form.querySelectorAll("button")[button];
                for (const [to, from] of [["action", "formaction"], ["method", "formmethod"]]) {
                    if (pressed?.hasAttribute(from)) {
                        form.setAttribute(to, pressed.getAttribute(from));
                    }
                }
                if (pressed?.name) {
                    const said = document.createElement("input");
                    said.type = "hidden";
                    said.name = pressed.name;
                    said.value = pressed.value;
                    form.append(said);
                }
                return fields.length;
            }\
            """;
    private static final String BUTTONS =
            "() => [...document.querySelectorAll('main form')].map((one) => one.querySelectorAll('button').length)";

    // Past listeners and checks of the browser.
    private static final String SUBMIT =
            "(at) => HTMLFormElement.prototype.submit.call(document.querySelectorAll('main form')[at])";
    private static final String DAMAGE =
            """
            () => [...document.querySelectorAll("img, iframe, object, embed, main script, [onerror], [onload], [onclick], a[href^='javascript' i]")]
                .map((one) => one.outerHTML.slice(0, 200)).concat(window.pwned ? ["a script ran"] : [])\
            """;

    private final Bootstrap bootstrap;
    private final TokenIssuer issuer;
    private final TenantId tenant = new TenantId("naughty-" + UUID.randomUUID());
    private Browser browser;

    NaughtyStringsIT(Bootstrap bootstrap, TokenIssuer issuer) {
        this.bootstrap = bootstrap;
        this.issuer = issuer;
    }

    @BeforeEach
    void open() {
        bootstrap.ensureTenant(tenant, "<b onclick=pwned=1>Northwind</b>");
        browser = new Browser("http://localhost:" + RestAssured.port);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>window.pwned=1</script>",
                "\"><img src=x onerror=window.pwned=1>",
                "'><svg/onload=window.pwned=1>",
                "</textarea></select></title><script>window.pwned=1</script>",
                "javascript:window.pwned=1//{7*7}{#if 1}${7*7}\u202e\u0085",
            })
    void whatIsWrittenIntoAnyFieldStaysText(String text) {
        Page page = browser.open(1440, ColorScheme.LIGHT);
        browser.enter(
                page,
                issuer.token(
                        new Caller(
                                Optional.of(tenant),
                                "ada<script>",
                                Set.of(Role.ADMIN, Role.PLATFORM_ADMIN),
                                Caller.Credential.SESSION),
                        Instant.now(),
                        Duration.ofHours(1)));
        List<String> damage = new ArrayList<>();
        int filled = 0;
        for (String path : EveryPage.plain()) {
            page.navigate(path);
            List<?> buttons = (List<?>) page.evaluate(BUTTONS);
            for (int form = 0; form < buttons.size(); form++) {
                for (int press = 0; press < ((Number) buttons.get(form)).intValue(); press++) {
                    filled += send(page, path, List.of(form, press, text), damage);
                }
            }
            page.navigate(path);
            harm(page, damage);
        }
        browser.complaints().stream()
                .filter(one -> one.contains("Content Security"))
                .forEach(damage::add);
        assertEquals(List.of(), damage);
        assertTrue(filled > 40, "only " + filled + " fields were there");
    }

    private static int send(Page page, String path, List<?> what, List<String> damage) {
        page.navigate(path);
        int fields = ((Number) page.evaluate(FILL, what)).intValue();
        if (fields > 0) {
            page.evaluate("() => { window.before = true; }");
            page.evaluate(SUBMIT, what.getFirst());
            page.waitForFunction("() => !window.before && document.readyState === 'complete'");
            harm(page, damage);
        }
        return fields;
    }

    private static void harm(Page page, List<String> damage) {
        for (Object one : (List<?>) page.evaluate(DAMAGE)) {
            damage.add(page.url() + " " + one);
        }
    }
}
