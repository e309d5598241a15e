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
import dev.vedette.simulation.Payments;
import dev.vedette.simulation.SimulatedPayment;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * As a new user would: a rule is written, its fault explained, tried, published, seen to fire on
 * simulated payments; what it stopped is judged by a person, and its precision moves.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
final class RulePagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 300;
    private static final Instant NOON = Instant.parse("2026-03-03T13:00:00Z");

    private final Bootstrap bootstrap;
    private final TokenIssuer issuer;
    private final TenantId tenant = new TenantId("rules-" + UUID.randomUUID());
    private final Instant start = Instant.now();

    RulePagesIT(Bootstrap bootstrap, TokenIssuer issuer) {
        this.bootstrap = bootstrap;
        this.issuer = issuer;
    }

    @Test
    void ruleIsWrittenTriedPublishedFiresAndItsPrecisionFollowsFromFeedback() {
        bootstrap.ensureTenant(tenant, "Northwind");
        String password = bootstrap.ensureAdmin(tenant, "ada").orElseThrow();
        List<SimulatedPayment> past = simulated(Duration.ofHours(6), Duration.ofHours(1));
        send(past);
        double limit = limitOf(past);
        Browser browser = new Browser("http://localhost:" + RestAssured.port);
        try {
            Page page = browser.open(1440, ColorScheme.LIGHT);
            page.setDefaultTimeout(60_000);
            page.navigate("/transactions");
            page.fill("input[name=username]", tenant.value() + "/ada");
            page.fill("input[name=password]", password);
            page.click("button.primary");
            page.waitForSelector(".trends");
            Browser.picture(page, "payments-trends-light-1440");
            page.click("#page a:has-text('Rules')");
            writeWrongAndRight(page, limit);
            page.click("button:has-text('Publish')");
            page.waitForSelector("td:has-text('published')");
            List<SimulatedPayment> live = simulated(Duration.ofHours(1), Duration.ZERO);
            fires(limit, live);
            judge(page, 0, "Fraud", "It was fraud.");
            page.navigate("/rules");
            assertTrue(page.textContent("#page").contains("1 of 1 was fraud, 1.00"));
            judge(page, 1, "Legitimate", "It was legitimate.");
            page.navigate("/rules?rule=large");
            assertTrue(page.textContent("#page").contains("1 of 2 was fraud, 0.50"));
            looks(page);
            assertEquals(List.of(), browser.complaints());
        } finally {
            browser.close();
        }
    }

    private static void writeWrongAndRight(Page page, double limit) {
        page.fill("input[name=name]", "Large");
        page.fill("textarea[name=expression]", "amount > 1");
        page.click("button[value=save]");
        String refusal = page.waitForSelector("#form .wrong").textContent();
        assertTrue(refusal.matches("A rule's name must be .* starting with a letter\\."), refusal);
        page.fill("input[name=name]", "large");
        page.fill("textarea[name=expression]", "channel == 'online' && amout > " + limit);
        page.click("button:has-text('Check')");
        page.waitForSelector("#issues");
        String issues = page.textContent("#issues");
        assertTrue(issues.contains("line 1, column 24"), issues);
        assertTrue(issues.contains("amount"), "the remedy names what was meant: " + issues);
        Browser.picture(page, "rules-issue-light-1440");
        page.fill("textarea[name=expression]", "amount > " + limit);
        page.click("button:has-text('Check')");
        page.waitForSelector("#checked:has-text('amount')");
        page.click("button:has-text('Try it')");
        page.waitForSelector("#trial");
        String trial = page.textContent("#trial");
        assertTrue(trial.contains("it would have fired on 5."), trial);
        assertTrue(trial.contains("Would have hurt"), trial);
        Browser.picture(page, "rules-trial-light-1440");
    }

    /** Sends payments until the published rule has fired: workers go by it within seconds. */
    private void fires(double limit, List<SimulatedPayment> live) {
        send(live);
        await().atMost(PATIENCE)
                .until(() -> {
                    String id = "large-" + UUID.randomUUID();
                    Object outcome =
                            as(Role.INGEST)
                                    .body(
                                            "{\"transactions\":["
                                                    + item(id, "acc-9", limit + 1, Instant.now())
                                                    + "]}")
                                    .post("/api/v1/transactions?decide=true")
                                    .jsonPath()
                                    .get("items[0].decision.outcome");
                    return "review".equals(outcome) && flagged() >= 2;
                });
    }

    private int flagged() {
        return as(Role.VIEWER)
                .get("/api/v1/transactions?outcome=review")
                .jsonPath()
                .getList("items")
                .size();
    }

    private static void judge(Page page, int row, String verdict, String said) {
        page.navigate("/transactions?outcome=review");
        page.locator("table.payments tbody a[data-row]").nth(row).click();
        page.waitForSelector("td:has-text('fired: review')");
        assertTrue(page.textContent("#page").contains("amount "), "the trace has the operand");
        page.fill("input[name=comment]", "asked the customer");
        page.click("#said button:has-text('" + verdict + "')");
        page.waitForSelector("#said b:has-text('" + said + "')");
    }

    private static void looks(Page page) {
        for (String path : List.of("/rules?rule=large", "/models", "/transactions")) {
            String name = path.substring(1).replaceAll("\\?.*", "");
            for (int width : List.of(1440, 768, 390, 320)) {
                page.setViewportSize(width, 900);
                page.navigate(path);
                Object over =
                        page.evaluate(
                                "() => document.documentElement.scrollWidth -"
                                        + " document.documentElement.clientWidth");
                Browser.picture(page, name + "-after-light-" + width);
                assertEquals(0, ((Number) over).intValue(), name + " at " + width);
            }
        }
        page.setViewportSize(1440, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.navigate("/transactions?outcome=review");
        page.locator("table.payments tbody a[data-row]").first().click();
        page.waitForSelector("#said b");
        Browser.picture(page, "transaction-said-dark-1440");
        page.navigate("/rules?rule=large");
        Browser.picture(page, "rules-dark-1440");
    }

    /**
     * Payments of a noon, moved to the hours before the test's start: by night the simulator's
     * customers sleep, and a test must not depend on when it runs.
     */
    private List<SimulatedPayment> simulated(Duration from, Duration to) {
        long moved = start.toEpochMilli() - NOON.toEpochMilli();
        return Payments.demo(7)
                .stretch(NOON.minus(from).toEpochMilli(), NOON.minus(to).toEpochMilli())
                .stream()
                .limit(MOST)
                .map(one -> moved(one, moved))
                .toList();
    }

    private static SimulatedPayment moved(SimulatedPayment one, long millis) {
        return new SimulatedPayment(
                one.id(),
                one.account(),
                one.epochMillis() + millis,
                one.amount(),
                one.merchant(),
                one.country(),
                one.channel(),
                one.device(),
                one.fraud());
    }

    /** An amount that five of the payments are above. */
    private static double limitOf(List<SimulatedPayment> payments) {
        List<Double> amounts =
                payments.stream()
                        .map(SimulatedPayment::amount)
                        .sorted(Comparator.reverseOrder())
                        .toList();
        assertTrue(amounts.size() > 20 && amounts.get(4) > amounts.get(5), amounts.toString());
        return amounts.get(5);
    }

    // A process opens its desks a moment after it has started; a payment counts once.
    private void send(List<SimulatedPayment> payments) {
        String items =
                payments.stream()
                        .map(one ->
                                item(
                                        one.id(),
                                        one.account(),
                                        one.amount(),
                                        Instant.ofEpochMilli(one.epochMillis())))
                        .collect(Collectors.joining(","));
        await().atMost(PATIENCE)
                .until(() ->
                        as(Role.INGEST)
                                        .body("{\"transactions\":[" + items + "]}")
                                        .post("/api/v1/transactions?decide=true")
                                        .jsonPath()
                                        .getList("items.decision.score")
                                        .stream()
                                        .filter(score -> score != null)
                                        .count()
                                == payments.size());
    }

    private static String item(String id, String account, double amount, Instant time) {
        return """
        {"transaction_id":"%s","account_id":"%s","amount":%s,"currency":"EUR","time":"%s",
        "merchant":"kiosk","country":"DE","channel":"online"}\
        """
                .formatted(id, account, amount, time);
    }

    private RequestSpecification as(Role role) {
        Caller caller =
                new Caller(Optional.of(tenant), "ann", Set.of(role), Caller.Credential.TOKEN);
        return given().auth()
                .oauth2(issuer.token(caller, Instant.now(), Duration.ofHours(1)))
                .contentType("application/json");
    }
}
