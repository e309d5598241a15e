package dev.vedette.dashboard;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
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
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The pages of payments in a real browser, over payments that were sent and decided. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
final class TransactionPagesIT {
    private static final String HOSTILE = "<b>shop</b>";
    private static final int SENT = 60;

    private final Bootstrap bootstrap;
    private final TokenIssuer issuer;
    private final TenantId tenant = new TenantId("payments-" + UUID.randomUUID());

    TransactionPagesIT(Bootstrap bootstrap, TokenIssuer issuer) {
        this.bootstrap = bootstrap;
        this.issuer = issuer;
    }

    @Test
    void paymentIsFoundInTheListAndItsPageSaysWhyItWasDeclined() {
        bootstrap.ensureTenant(tenant, "Northwind");
        String password = bootstrap.ensureAdmin(tenant, "ada").orElseThrow();
        Browser browser = new Browser("http://localhost:" + RestAssured.port);
        try {
            Page page = browser.open(1440, ColorScheme.DARK);
            page.navigate("/transactions");
            page.fill("input[name=username]", tenant.value() + "/ada");
            page.fill("input[name=password]", password);
            page.click("button.primary");
            page.click(".nav a:has-text('Payments')");
            assertTrue(page.textContent(".nothing").contains("\"transaction_id\":\"p-1001\""));
            send();
            page.reload();
            listIsFilteredAndGoesOn(page);
            page.click("tbody a[data-row]");
            pageSaysWhy(page);
            for (int width : List.of(1024, 390, 320)) {
                page.setViewportSize(width, 900);
                fits(page, "transaction", width);
                page.navigate("/transactions");
                fits(page, "transactions", width);
                page.goBack();
            }
            page.navigate("/transactions/nothing");
            assertEquals("This is not here.", page.textContent("h1"));
            browser.forget404();
            assertEquals(List.of(), browser.complaints());
        } finally {
            browser.close();
        }
    }

    @Test
    void waitingPaymentsAreJudgedByKeysOneAfterAnother() {
        bootstrap.ensureTenant(tenant, "Northwind");
        String password = bootstrap.ensureAdmin(tenant, "ada").orElseThrow();
        rule("tiny", "", "amount < 1", "review");
        Instant before = Instant.now().minus(Duration.ofHours(1));
        StringBuilder items = new StringBuilder();
        for (int i = 1; i <= 4; i++) {
            String comma = i == 4 ? "" : ",";
            items.append(payment("w<" + i, before.plusSeconds(i), i / 10.0, "shop-" + i, "DE"));
            items.append(comma);
        }
        decide(items.toString(), 4);
        Browser browser = new Browser("http://localhost:" + RestAssured.port);
        try {
            Page page = browser.open(1440, ColorScheme.LIGHT);
            page.setDefaultTimeout(60_000);
            page.navigate("/transactions");
            page.fill("input[name=username]", tenant.value() + "/ada");
            page.fill("input[name=password]", password);
            page.click("button.primary");
            page.click(".subtitle a:has-text('review')");
            page.waitForSelector(
                    "h2:has-text('0.40\u202fEUR to shop-4 is for a person to review')");
            Browser.picture(page, "reviews-light-1440");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            Browser.picture(page, "reviews-dark-1440");
            for (int width : List.of(1024, 390, 320)) {
                page.setViewportSize(width, 900);
                fits(page, "reviews", width);
            }
            page.setViewportSize(1440, 900);
            decide(payment("w<5", Instant.now(), 0.5, "shop-5", "DE"), 1);
            page.evaluate(
                    "() => new Promise(done => {"
                            + " document.addEventListener('htmx:afterSettle', () => done(1), {once: true});"
                            + " htmx.trigger('#page', 'live'); })");
            assertTrue(
                    page.textContent("#review h2").contains("to shop-4"),
                    "a key would judge a payment that has just come");
            page.keyboard().press("f");
            page.waitForSelector("h2:has-text('to shop-5')");
            page.keyboard().press("n");
            page.waitForSelector("h2:has-text('to shop-3')");
            page.keyboard().press("n");
            page.waitForSelector("h2:has-text('to shop-2')");
            page.fill("input[name=comment]", "asked <b>them</b>");
            page.click("button:has-text('Legitimate')");
            page.waitForSelector("h2:has-text('to shop-1')");
            page.click("a:has-text('The one before')");
            page.waitForSelector("#said b:has-text('It was legitimate.')");
            assertTrue(page.textContent("#said").contains("asked <b>them</b>"));
            page.navigate("/reviews");
            page.waitForSelector("h2:has-text('to shop-5')");
            page.keyboard().press("u");
            page.waitForSelector("h2:has-text('to shop-3')");
            page.keyboard().press("u");
            page.waitForSelector("h2:has-text('to shop-1')");
            page.keyboard().press("l");
            page.waitForSelector(".nothing:has-text('Nothing waits for a person.')");
            assertEquals(
                    List.of("fraud", "legitimate", "unsure", "unsure", "legitimate"),
                    IntStream.of(4, 2, 5, 3, 1).mapToObj(i -> said("w<" + i)).toList());
            assertEquals(List.of(), browser.complaints());
        } finally {
            browser.close();
        }
    }

    private String said(String id) {
        return as(Role.VIEWER)
                .get("/api/v1/transactions/{id}/feedback", id)
                .jsonPath()
                .getString("items[0].verdict");
    }

    private static void listIsFilteredAndGoesOn(Page page) {
        assertEquals(50, page.locator("tbody a[data-row]").count());
        Browser.picture(page, "transactions-dark-1440");
        page.click("a[rel=next]");
        page.waitForURL("**cursor=**");
        assertEquals(SENT + 1 - 50, page.locator("tbody a[data-row]").count());
        page.fill("input[name=account]", "nobody");
        page.click(".filters button");
        page.waitForSelector(".nothing:has-text('No payment fits')");
        page.fill("input[name=account]", "acc-1");
        page.selectOption("select[name=outcome]", "decline");
        page.click(".filters button");
        page.waitForSelector("tbody b:has-text('acc-1 to " + HOSTILE + "')");
        assertEquals(1, page.locator("tbody a[data-row]").count());
        assertTrue(page.textContent("table.payments tbody").contains("Large & <i>abroad</i>"));
    }

    private static void pageSaysWhy(Page page) {
        page.waitForSelector(
                "h1:has-text('5\u202f000.50\u202fEUR to " + HOSTILE + " was declined')");
        assertEquals("Large & <i>abroad</i>.", page.textContent(".lead"));
        assertEquals("declined", page.getAttribute(".facts .score svg", "aria-label"));
        String said = page.textContent("#page");
        for (String part :
                List.of(
                        "fired: decline",
                        "amount 5000.5",
                        "country NG",
                        "did not fire",
                        "new_country")) {
            assertTrue(said.contains(part), part + " is not in " + said);
        }
        assertEquals(0, page.locator("#page h1 b, #page .rail td b, #page i").count());
        Browser.picture(page, "transaction-dark-1440");
    }

    private static void fits(Page page, String name, int width) {
        Object over =
                page.evaluate(
                        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Browser.picture(page, name + "-dark-" + width);
        assertEquals(0, ((Number) over).intValue(), name + " at " + width);
    }

    private void send() {
        rule("big-abroad", "Large & <i>abroad</i>", "amount > 1000 && country != 'DE'", "decline");
        rule("tiny", "", "amount < 1", "review");
        StringBuilder items = new StringBuilder();
        Instant before = Instant.now().minus(Duration.ofHours(3));
        for (int i = 0; i < SENT; i++) {
            String merchant = "shop-" + i % 4;
            items.append(payment("p-" + i, before.plusSeconds(i), 40 + i % 7, merchant, "DE"));
            items.append(',');
        }
        items.append(payment("x/<b>&? 1", Instant.now(), 5000.5, HOSTILE, "NG"));
        decide(items.toString(), SENT + 1);
    }

    private void decide(String items, int count) {
        // A process opens its desks a moment after it has started; a payment counts once.
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        as(Role.INGEST)
                                        .body("{\"transactions\":[" + items + "]}")
                                        .post("/api/v1/transactions?decide=true")
                                        .jsonPath()
                                        .getList("items.decision.score")
                                        .stream()
                                        .filter(score -> score != null)
                                        .count()
                                == count);
    }

    private void rule(String name, String description, String expression, String outcome) {
        as(Role.EDITOR)
                .body(
                        "{\"name\":\"%s\",\"description\":\"%s\",\"expression\":\"%s\",\"outcome\":\"%s\"}"
                                .formatted(name, description, expression, outcome))
                .post("/api/v1/rules")
                .then()
                .statusCode(201);
        as(Role.EDITOR).post("/api/v1/rules/" + name + "/publish").then().statusCode(200);
    }

    private static String payment(
            String id, Instant time, double amount, String merchant, String country) {
        return """
        {"transaction_id":"%s","account_id":"acc-1","amount":%s,"currency":"EUR","time":"%s",
        "merchant":"%s","country":"%s","channel":"online","attributes":{"device":"<b>d-9</b>"}}\
        """
                .formatted(id, amount, time, merchant, country);
    }

    private RequestSpecification as(Role role) {
        Caller caller =
                new Caller(Optional.of(tenant), "ann", Set.of(role), Caller.Credential.TOKEN);
        return given().auth()
                .oauth2(issuer.token(caller, Instant.now(), Duration.ofHours(1)))
                .contentType("application/json");
    }
}
