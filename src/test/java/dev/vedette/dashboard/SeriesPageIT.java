package dev.vedette.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Bootstrap;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.SeriesStore;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.Labels;
import dev.vedette.series.PointBatch;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * What stands beside the chart of a series, in a real browser: nine days of seven nodes at a point
 * in ten minutes, the last three hours of one of them strange.
 */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class SeriesPageIT {
    private static final int ROWS = 9 * 24 * 6;
    private static final int NODES = 7;
    private static final int SICK = 5;

    private final Bootstrap bootstrap;
    private final SeriesStore store;
    private final PointLog log;
    private final TenantId tenant = new TenantId("beside-" + UUID.randomUUID());
    private Browser browser;
    private String password = "";
    private String first = "";

    SeriesPageIT(Bootstrap bootstrap, SeriesStore store, PointLog log) {
        this.bootstrap = bootstrap;
        this.store = store;
        this.log = log;
    }

    @BeforeEach
    void open() {
        bootstrap.ensureTenant(tenant, "Northwind");
        password = bootstrap.ensureAdmin(tenant, "ada").orElseThrow();
        List<Series> series =
                store
                        .findOrCreate(
                                tenant,
                                IntStream.range(0, NODES)
                                        .mapToObj(i ->
                                                new SeriesStore.Wanted(
                                                        new SeriesKey(
                                                                tenant,
                                                                "edge",
                                                                "node-" + i,
                                                                "cpu_usage",
                                                                Labels.NONE),
                                                        Optional.of("percent")))
                                        .toList(),
                                1000)
                        .await()
                        .indefinitely()
                        .stream()
                        .map(Optional::orElseThrow)
                        .toList();
        Lane lane = log.openLane().await().indefinitely();
        for (int i = 0; i < NODES; i++) {
            ShardBatch batch = new ShardBatch(series.get(i).shard(), points(series.get(i), i));
            log.append(lane, i + 1L, List.of(batch)).await().indefinitely();
        }
        first = "/series/" + series.getFirst().id().value();
        browser = new Browser("http://localhost:" + RestAssured.port);
    }

    private static PointBatch points(Series series, int node) {
        Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        long[] times = new long[ROWS];
        double[] values = new double[ROWS];
        Random random = new Random(node);
        for (int i = 0; i < ROWS; i++) {
            int before = ROWS - 1 - i;
            times[i] = end.minus(Duration.ofMinutes(10L * before)).toEpochMilli();
            double day = Math.sin(2 * Math.PI * times[i] / 86_400_000.0);
            double trouble = node == SICK && before < 18 ? 35 : 0;
            values[i] = 30 + 2 * node + 6 * day + random.nextGaussian() + trouble;
        }
        return new PointBatch(new long[] {series.id().value()}, new int[] {ROWS}, times, values);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        List<String> complaints = browser.complaints();
        browser.close();
        assertEquals(List.of(), complaints);
    }

    private Page signedIn(int width, ColorScheme scheme) {
        return browser.signIn(width, scheme, tenant.value() + "/ada", password);
    }

    @Test
    void lastWeekAndTheOtherNodesStandBesideTheSeriesAndInItsAddress() throws IOException {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        await().atMost(Duration.ofMinutes(3))
                .pollInSameThread()
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    page.navigate(first + "?siblings=on");
                    return page.locator(".legend a").count() > 0
                            && page.textContent(".legend a >> nth=0").equals("node-" + SICK);
                });
        page.navigate(first);
        page.waitForSelector("#why");
        assertEquals(0, page.locator(".plot path.other").count());
        assertEquals(0, page.locator(".legend").count());
        // by keys alone
        page.focus("#beside-compare");
        page.keyboard().press("Enter");
        page.waitForSelector(".plot path.other.week");
        assertTrue(page.url().endsWith("compare=week"), page.url());
        assertEquals("beside-compare", page.evaluate("() => document.activeElement.id"));
        assertTrue(page.getAttribute(".plot path.week", "d").startsWith("M"));
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.waitForSelector(".plot path.other.s4");
        assertTrue(page.url().contains("siblings=on"), page.url());
        assertEquals(4, page.locator(".legend a").count());
        page.waitForSelector(".legend :text('2 more nodes send it')");
        assertEquals(24, page.locator(".chart use.dot").count());
        Browser.picture(page, "series-beside-light-1440");
        // the strip's windows keep what is shown
        page.click(".watch summary");
        page.click(".watch .menu a:has-text('3 days')");
        page.waitForSelector(".plot path.other.week");
        assertTrue(page.url().contains("window=3d"), page.url());
        assertEquals(5, page.locator(".plot path.other").count());
        // the question keeps it, too
        page.click("#why button");
        page.waitForURL("**at=*");
        assertEquals(5, page.locator(".plot path.other").count());
        Download file = page.waitForDownload(() -> page.click("a:has-text('CSV') >> nth=0"));
        List<String> rows = Files.readAllLines(file.path());
        assertTrue(
                rows.getFirst()
                        .startsWith("time,value,expected,lower,upper,score,last_week,node node-5,"),
                rows.getFirst());
        assertTrue(rows.getLast().split(",", -1)[6].matches("[\\d.]+"), rows.getLast());
        page.keyboard().press("t");
        page.waitForSelector(".twin th:text-is('Last week')");
        page.waitForSelector(".twin th:text-is('node-5')");
        assertTrue(page.textContent(".twin tbody tr:last-child td:nth-child(5)").contains("%"));
        page.keyboard().press("t");
        page.waitForSelector(".plot path.other.week");
        page.click("#beside-compare");
        page.waitForSelector("#beside-compare:not([aria-current])");
        assertFalse(page.url().contains("compare="), page.url());
        page.click(".legend a >> nth=0");
        page.waitForURL("**/series/*");
        assertFalse(page.url().contains(first + "?"), page.url());
    }

    @Test
    void whatPeopleDidIsNumberedOnTheChartAndToldUnderIt() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        page.navigate(first);
        page.click("#beside-events");
        page.waitForSelector(".happened :text('Nobody changed a rule')");
        assertTrue(page.url().endsWith("events=on"), page.url());
        assertEquals(0, page.locator(".chart .mark").count());
        // one rule that holds for it, and one for another node
        for (String node : List.of("node-0", "node-1")) {
            assertEquals(
                    201,
                    Browser.send(
                            page,
                            "/api/v1/thresholds",
                            "application/json",
                            """
                            {"name":"for-%s","scope":{"cluster_id":"edge","node_id":"%s"},"threshold":0.7}\
                            """
                                    .formatted(node, node)));
        }
        // and the same of silences that begin at once
        for (String node : List.of("node-0", "node-1")) {
            assertEquals(
                    201,
                    Browser.send(
                            page,
                            "/api/v1/silences",
                            "application/json",
                            """
                            {"name":"mute-%s","matchers":["node=%s"],"reason":"moving house","duration_seconds":3600}\
                            """
                                    .formatted(node, node)));
        }
        page.reload();
        page.waitForSelector(".happened li:has-text('for-node-0'):has-text('by ada')");
        page.waitForSelector(".happened li:has-text('mute-node-0: muted from here on, by')");
        assertEquals(2, page.locator(".happened li").count());
        assertEquals(2, page.locator(".chart .mark").count());
        assertEquals("1", page.textContent(".chart text.halo >> nth=0"));
        assertEquals(List.of(), AccessibilityIT.findings(page));
        Browser.picture(page, "series-events-light-1440");
        page.click("#beside-events");
        page.waitForSelector("#beside-events:not([aria-current])");
        assertEquals(0, page.locator(".happened").count());
    }

    @Test
    void whatIsSaidOfAnAnomalyStandsWhereItBegan() {
        Page page = signedIn(1440, ColorScheme.LIGHT);
        String sick = "/explore?node_id=node-" + SICK;
        page.navigate(sick);
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector("#why");
        String series = page.url();
        await().atMost(Duration.ofMinutes(3))
                .pollInSameThread()
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    page.navigate(series + "&events=on");
                    return page.locator("#feedback input[value=expected]").count() > 0;
                });
        page.check("#feedback input[value=expected]");
        page.fill("#feedback input[name=cause]", "<b>deploy</b>");
        page.click("#feedback button:has-text('Save')");
        page.waitForSelector("#feedback p:has-text('ada called it expected')");
        page.navigate(series + "&events=on");
        page.waitForSelector(
                ".happened li:has-text('ada called it expected'):has-text('because of <b>deploy</b>')");
        assertEquals(1, page.locator(".chart .mark").count());
    }

    @Test
    void whatStandsBesideASeriesHasNoSeriousFindingAndFitsAPhone() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(1440, 390)) {
                Page page = signedIn(width, scheme);
                page.navigate(first + "?compare=week&siblings=on&events=on");
                page.waitForSelector(".plot path.s4");
                String name =
                        "series-beside-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width;
                assertEquals(0, Browser.sideways(page, name));
                assertEquals(List.of(), AccessibilityIT.findings(page));
            }
        }
    }
}
