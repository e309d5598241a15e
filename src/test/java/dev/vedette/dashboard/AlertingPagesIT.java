package dev.vedette.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.vedette.DatabaseTestResource;
import dev.vedette.alerting.TargetsInside;
import dev.vedette.http.Bootstrap;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Channels, routes and messages in a real browser, with a receiver that answers. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(TargetsInside.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
final class AlertingPagesIT {
    private static final String SAID = "<b>the shift is asleep</b>";

    private final Bootstrap bootstrap;
    private final WorkerTransaction workers;
    private final TenantId tenant = new TenantId("told-" + UUID.randomUUID());
    private final AtomicInteger received = new AtomicInteger();
    private final HttpServer receiver;
    private Browser browser;
    private String password = "";

    AlertingPagesIT(Bootstrap bootstrap, WorkerTransaction workers) throws IOException {
        this.bootstrap = bootstrap;
        this.workers = workers;
        this.receiver =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        receiver.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    received.incrementAndGet();
                    byte[] said = SAID.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(410, said.length);
                    exchange.getResponseBody().write(said);
                    exchange.close();
                });
        receiver.start();
        bootstrap.ensureTenant(tenant, "Northwind");
        password = bootstrap.ensureAdmin(tenant, "ada").orElseThrow();
        browser = new Browser("http://localhost:" + RestAssured.port);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        List<String> complaints = browser.complaints();
        browser.close();
        receiver.stop(0);
        assertEquals(List.of(), complaints);
    }

    @Test
    void channelAndRouteAreMadeTestedChangedAndDeletedByTheirForms() {
        Page page = browser.signIn(1440, ColorScheme.LIGHT, tenant + "/ada", password);
        page.click(".nav a:has-text('Alerts')");
        page.click(".segments a:has-text('Channels')");
        page.waitForSelector(".nothing:has-text('There is no channel')");
        channelIsMade(page);
        page.click(".segments a:has-text('Routes')");
        routeIsMade(page);
        page.click("button:has-text('Send a test')");
        page.waitForSelector("td:has-text('410, " + SAID + "')");
        assertEquals(1, received.get());
        Browser.picture(page, "routes-tested-light-1440");
        routeIsChangedOnlyAsItWasSeen(page);
        messageIsFoundWithItsAnswerAndSentAgain(page);
        page.navigate("/routes?route=on-call");
        page.click("button:has-text('Delete')");
        page.waitForSelector(".nothing:has-text('There is no route')");
        page.navigate("/channels?channel=hook");
        page.click("button:has-text('Delete')");
        page.waitForSelector(".nothing:has-text('There is no channel')");
    }

    private void channelIsMade(Page page) {
        page.click(".kinds a:has-text('webhook')");
        page.fill("input[name=name]", "hook");
        page.fill("input[name=url]", "http://10.0.0.7/in");
        page.click("#form button.primary");
        page.waitForSelector("label:has(input[name=url]) + .wrong:has-text('not public')");
        assertEquals("hook", page.inputValue("input[name=name]"));
        page.fill("input[name=url]", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/in");
        page.click("#form button.primary");
        String secret = page.textContent(".told code");
        assertTrue(secret.startsWith("whsec_"), secret);
        Browser.picture(page, "channels-light-1440");
        page.click("tbody a:has-text('hook')");
        assertEquals("", page.inputValue("input[name=secrets]"));
        assertFalse(page.content().contains(secret), "the secret came out again");
        page.click("#form button.primary");
        page.click("button:has-text('Send a test')");
        page.waitForSelector("td:has-text('410, " + SAID + "')");
        assertEquals(1, received.getAndSet(0));
    }

    private static void routeIsMade(Page page) {
        page.fill("input[name=name]", "on-call");
        page.fill("textarea[name=matchers]", "cluster=zoo\nseverity>>warning");
        page.click("#form button.primary");
        page.waitForSelector("fieldset:has(legend:text-is('Channels')) + .wrong");
        page.check("input[name=channels][value=hook]");
        page.click("#form button.primary");
        page.waitForSelector("label:has(textarea[name=matchers]) + .wrong");
        assertTrue(page.isChecked("input[name=channels][value=hook]"));
        page.fill("textarea[name=matchers]", "cluster=zoo\nseverity>=warning");
        page.fill("input[name=interval_seconds]", "a while");
        page.click("#form button.primary");
        page.waitForSelector("label:has(input[name=interval_seconds]) + .wrong:has-text('15 min')");
        page.fill("input[name=interval_seconds]", "5 min");
        page.fill("input[name='escalation.after_seconds']", "15 min");
        page.check("input[name='escalation.channels']");
        page.fill("input[name='quiet_hours.0.from']", "22:00");
        page.fill("input[name='quiet_hours.0.to']", "late");
        page.click("#form button.primary");
        page.waitForSelector("label:has(input[name='quiet_hours.0.from']) + .wrong");
        page.fill("input[name='quiet_hours.0.to']", "06:00");
        page.fill("input[name='quiet_hours.0.zone']", "Europe/Berlin");
        page.click("#form button.primary");
        page.waitForSelector(
                "td:has-text('every 5 min at most; hook after 15 min; waits in quiet hours')");
    }

    private static void routeIsChangedOnlyAsItWasSeen(Page page) {
        page.click("tbody a:has-text('on-call')");
        assertEquals("5 min", page.inputValue("input[name=interval_seconds]"));
        assertEquals("22:00", page.inputValue("input[name='quiet_hours.0.from']"));
        Browser.picture(page, "route-light-1440");
        Page other = page.context().newPage();
        other.navigate(page.url());
        other.fill("input[name=interval_seconds]", "2 s");
        other.fill("input[name='quiet_hours.0.from']", "");
        other.fill("input[name='quiet_hours.0.to']", "");
        other.click("#form button.primary");
        other.waitForSelector("td:has-text('every 2 s at most; hook after 15 min')");
        other.close();
        page.fill("input[name=interval_seconds]", "7 min");
        page.click("#form button.primary");
        page.waitForSelector(".wrong:has-text('Somebody changed it meanwhile')");
    }

    private void messageIsFoundWithItsAnswerAndSentAgain(Page page) {
        received.set(0);
        begin();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> {
                    page.navigate("/alerts");
                    return page.locator("td:has-text('did not come through: 410, " + SAID + "')")
                                    .count()
                            > 0;
                });
        Browser.picture(page, "alerts-failed-light-1440");
        int before = received.get();
        page.click("button:has-text('Send again')");
        await().atMost(Duration.ofSeconds(60)).until(() -> received.get() > before);
    }

    @Test
    void readerSeesRoutesAndChannelsButChangesNothing() {
        Page admin = browser.signIn(1440, ColorScheme.DARK, tenant + "/ada", password);
        Browser.addUser(admin, "vic", "viewer", "four plain words here");
        Page page =
                browser.signIn(1440, ColorScheme.LIGHT, tenant + "/vic", "four plain words here");
        for (String path : List.of("/routes", "/channels")) {
            page.navigate(path);
            page.waitForSelector("#form .meta:has-text('takes the role editor')");
            assertEquals(0, page.locator("#form input, #form button").count());
            for (String action : List.of("/save", "/test")) {
                assertEquals(
                        403,
                        Browser.send(
                                page,
                                path + action,
                                "application/x-www-form-urlencoded",
                                "name=hook&kind=email&to=a@example.org"));
            }
        }
        browser.forget("403");
    }

    @Test
    void noPageOfAlertsScrollsSideways() {
        Page page = browser.signIn(1440, ColorScheme.DARK, tenant + "/ada", password);
        for (String path : List.of("/routes", "/channels?kind=slack", "/alerts")) {
            for (int width : List.of(1440, 1024, 390, 320)) {
                page.setViewportSize(width, 900);
                page.navigate(path);
                String name = path.replaceAll("\\W+", "-").substring(1) + "-dark-" + width;
                assertEquals(0, Browser.sideways(page, name), name);
            }
        }
    }

    private void begin() {
        workers.await(connection -> {
            try (var insert =
                    connection.prepareStatement(
                            """
                            INSERT INTO incident (tenant_id, id, title, severity, score,
                                origin_cluster, origin_node, origin_since, origin_weight,
                                started_at, last_at, nodes, metrics, anomalies, open)
                            VALUES (?, ?, 'zebra burns', 'warning', 0.7, 'zoo', 'n1', now(), 1,
                                now(), now(), 1, 1, 1, 1)\
                            """)) {
                insert.setString(1, tenant.value());
                insert.setObject(2, UUID.randomUUID());
                return insert.executeUpdate();
            }
        });
    }
}
