package dev.vedette.dashboard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vedette.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What leaves the pages: files, pictures, and code that runs. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class ExportIT {
    private static final String KEY =
            """
            () => fetch("/api/v1/api-keys", {method: "POST", headers: {"Content-Type": "application/json"},
                body: JSON.stringify({name: "code", roles: ["viewer"]})}).then(a => a.json()).then(a => a.secret)\
            """;

    private final DashboardWorld world;
    private Browser browser;

    ExportIT(DashboardWorld world) {
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

    private Page signedIn() {
        return browser.signIn(1440, ColorScheme.LIGHT, world.user(), world.password());
    }

    @Test
    void codeOfThePagesRuns() throws IOException, InterruptedException {
        Page page = signedIn();
        String key = String.valueOf(page.evaluate(KEY));
        List<String> codes = new ArrayList<>();
        for (String path :
                List.of(
                        "/explore",
                        "/explore?cluster_id=prod-eu&metric_name=cpu_usage",
                        "/thresholds",
                        "/backtests?threshold=0.99&cluster_id=prod-eu&run=1")) {
            page.navigate(path);
            codes.addAll(page.locator(".code pre").allTextContents());
        }
        page.click(".nav a:has-text('Explore')");
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector("#why");
        page.keyboard().press("y");
        page.waitForSelector("[data-copy]:text-matches('Copied|Marked')");
        Browser.picture(page, "series-code-light-1440");
        codes.addAll(page.locator(".code pre").allTextContents());
        int ran = 0;
        for (String code : codes) {
            if (code.startsWith("curl")) {
                assertTrue(!new JsonObject(shell(code, key)).isEmpty(), code);
                ran++;
            } else if (!code.startsWith("name: ")) { // YAML is text for a person
                assertEquals("success", asked(expression(code), key), code);
            }
        }
        assertEquals(6, ran);
        assertEquals(9, codes.size());
    }

    private static String shell(String code, String key) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", code);
        shell.environment().put("VEDETTE_TOKEN", key);
        Process process = shell.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), code);
        assertEquals(0, process.exitValue(), code + "\n" + said);
        return said;
    }

    private static String expression(String rule) {
        Matcher matcher = Pattern.compile("expr: \\|-\\n\\s+(.*)").matcher(rule);
        assertTrue(matcher.find(), rule);
        return matcher.group(1);
    }

    private static String asked(String expression, String key) {
        return RestAssured.given()
                .header("X-API-Key", key)
                .queryParam("query", expression)
                .get("/api/v1/prometheus/api/v1/query")
                .path("status");
    }

    @Test
    void chartIsSavedAsAPictureAndItsPointsAsAFile() throws IOException {
        Page page = signedIn();
        page.navigate("/explore?cluster_id=prod-eu&node_id=" + DashboardWorld.SICK);
        page.click("tbody a[data-row] >> nth=0");
        page.waitForSelector("#why");
        Download picture = page.waitForDownload(() -> page.click("[data-png]"));
        Path png = Path.of("target/screenshots/series-chart.png");
        picture.saveAs(png);
        assertTrue(ImageIO.read(png.toFile()).getWidth() > 1000, "the picture is small");
        List<String> rows = rows(page, "a:has-text('CSV') >> nth=0");
        assertEquals("time,value,expected,lower,upper,score", rows.getFirst());
        assertTrue(rows.size() > 500, "too few points: " + rows.size());
        assertTrue(
                rows.getLast().matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z,[\\d.E]+,.*"),
                rows.getLast());
        List<String> anomalies = rows(page, "a:has-text('CSV') >> nth=1");
        assertTrue(anomalies.size() > 1 && anomalies.get(1).contains(DashboardWorld.SICK));
    }

    @Test
    void listOfSeriesIsAFileWithoutFormulas() throws IOException {
        Page page = signedIn();
        assertEquals(
                200,
                Browser.send(
                        page,
                        "/api/v1/metrics",
                        "application/json",
                        """
                        {"series":[{"cluster_id":"=1+1","node_id":"@SUM(A1)","metric_name":"-2+3",
                            "points":[[%d,-7.5]]}]}\
                        """
                                .formatted(System.currentTimeMillis())));
        page.navigate("/explore");
        String row =
                rows(page, "a:has-text('CSV')").stream()
                        .filter(one -> one.contains("1+1"))
                        .findFirst()
                        .orElseThrow();
        assertTrue(row.startsWith("'=1+1,'@SUM(A1),'-2+3,,-7.5,"), row);
    }

    @Test
    void incidentsAndTheRankingOfNodesAreFiles() throws IOException {
        Page page = signedIn();
        List<String> ranking = rows(page, "a:has-text('CSV')");
        assertEquals(
                "rank,cluster,node,score,metrics,anomalies,worst_at,leading_metric",
                ranking.getFirst());
        assertTrue(
                ranking.stream().anyMatch(one -> one.contains(DashboardWorld.SICK)),
                ranking.toString());
        await().pollInSameThread()
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    page.navigate("/incidents");
                    return page.locator("tbody a[data-row]").count() > 0;
                });
        List<String> incidents = rows(page, "a:has-text('CSV')");
        assertTrue(
                incidents.getFirst().startsWith("id,start,last,title,score,status,cluster,node"));
        assertTrue(incidents.size() > 1, "no incident");
    }

    private static List<String> rows(Page page, String link) throws IOException {
        Download file = page.waitForDownload(() -> page.click(link));
        return Files.readAllLines(file.path());
    }
}
