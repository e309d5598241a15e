package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.http.ProblemException;
import io.quarkus.qute.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The templates with invented data; the pages are left in target/pages to be looked at. */
class PageTemplatesTest {
    private static final Engine ENGINE = TemplateEngine.create();

    @Test
    void overviewSaysWhatIsWrongInWords() throws IOException {
        String page = render("overview", PageFixture.DAY, PageFixture.overview());
        assertTrue(page.contains("<h1>Two things are wrong.</h1>"), page);
        assertTrue(page.contains("data-name=\"node-042\""), page);
    }

    @Test
    void anomalyShowsItsValueAgainstItsBand() throws IOException {
        String page = render("anomaly", PageFixture.SIX_HOURS, PageFixture.anomaly());
        assertTrue(page.contains("class=\"band\" d=\"M"), page);
        assertTrue(page.contains("class=\"hot\" d=\"M"), page);
    }

    @Test
    void anyNameOfAClusterStaysOneParameterOfALink() throws IOException {
        NodeView node =
                new NodeView(
                        "a&b?c=d",
                        "n",
                        "All well.",
                        ScoreMark.of(0.1, Language.ENGLISH),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        "/exports/anomalies.csv");
        String page = render("node", PageFixture.DAY, node);
        assertTrue(page.contains("href=\"/explore?cluster_id=a%26b%3Fc%3Dd\""), page);
    }

    @Test
    void thresholdsTellWhatIsSetAndWhatATrialWouldHaveChanged() throws IOException {
        String page = render("thresholds", PageFixture.DAY, PageFixture.thresholds());
        assertTrue(page.contains("10 alarms where there were 31"), page);
        assertTrue(page.contains("selected>latency</option>"), page);
        assertTrue(page.contains("value=\"&lt;b&gt;\""), page);
    }

    @Test
    void backfillsTellHowFarTheyAreAndAskAgainWhileAtWork() throws IOException {
        BackfillsView.Line line =
                new BackfillsView.Line(
                        "12:04",
                        "10 Nov 00:00 – 17 Nov 00:00",
                        "edge · cpu_percent",
                        "ewma",
                        "42 % of 1,000 series",
                        "118",
                        "running");
        BackfillsView atWork = new BackfillsView("One backfill is at work.", List.of(line), true);
        String page = render("backfills", PageFixture.DAY, atWork);
        assertTrue(page.contains("42 % of 1,000 series"), page);
        assertTrue(page.contains("hx-trigger=\"every 3s\""), page);
        BackfillsView none = new BackfillsView("Nothing.", List.of(), false);
        assertFalse(render("backfills", PageFixture.DAY, none).contains("every 3s"));
    }

    @Test
    void routesAreWrittenInPlainFieldsAndWhatIsRefusedIsSaidAtItsField() throws IOException {
        Sent sent = RouteFields.of(PageFixture.route(), Language.ENGLISH);
        SettingForm form =
                new SettingForm(
                                "Change on-call",
                                "/routes/save",
                                "7",
                                RouteFields.groups(sent, List.of("hook", "mail"), false),
                                "",
                                "")
                        .refused(
                                ProblemException.invalid(
                                        "/matchers/1", "invalid_value", "no matcher", "send one"),
                                RouteFields::field,
                                Language.ENGLISH);
        RoutesView view = new RoutesView("One.", "", List.of(), List.of(), form);
        String page = render("routes", PageFixture.DAY, view);
        assertTrue(page.contains("value=\"hook\" checked"), page);
        assertTrue(page.contains("rows=\"3\""), page);
        assertTrue(page.contains("id=\"matchers-why\">No matcher: send one.<"), page);
        assertEquals(PageFixture.route(), RouteFields.read(sent));
    }

    @Test
    void secretsOfChannelsAreNeverInThePage() throws IOException {
        Sent sent =
                new Sent(
                        Map.of(
                                "kind", List.of("pagerduty"),
                                "name", List.of("pager"),
                                "routing_key", List.of("hush")),
                        Language.ENGLISH);
        SettingForm form =
                new SettingForm(
                        "Make a channel",
                        "/channels/save",
                        "",
                        ChannelFields.groups(sent, true),
                        "",
                        "");
        ChannelsView view = new ChannelsView("None.", List.of(), List.of(), List.of(), "", form);
        String page = render("channels", PageFixture.DAY, view);
        assertTrue(page.contains("type=\"password\" name=\"routing_key\""), page);
        assertFalse(page.contains("hush"), page);
    }

    @Test
    void doorShowsTheWaysInThatThereAre() {
        String both = door(new Door("/a", true, "<b>Id</b>", "/sign-in/provider?back=%2Fa"));
        assertTrue(both.contains("href=\"/sign-in/provider?back=%2Fa\">"), both);
        assertTrue(both.contains("name=\"password\""), both);
        String provider = door(new Door("/a", false, "Id", "/sign-in/provider?back=%2Fa"));
        assertFalse(provider.contains("name=\"password\""), provider);
        assertFalse(door(new Door("/a", true, "", "")).contains("/sign-in/provider"));
        String out =
                ENGINE.getTemplate("pages/signedOut")
                        .data("language", Language.ENGLISH, "theme", "", "provider", "Id")
                        .data("href", "https://id/out?a=1&b=2")
                        .render();
        assertTrue(out.contains("href=\"https://id/out?a=1&amp;b=2\""), out);
    }

    private static String door(Door door) {
        return ENGINE.getTemplate("pages/signIn")
                .data("language", Language.ENGLISH, "theme", "", "self", "/sign-in")
                .data("door", door)
                .data("name", "")
                .data("wrong", "")
                .render();
    }

    private static String render(String name, Window window, Object view) throws IOException {
        String page =
                ENGINE.getTemplate("pages/" + name)
                        .data("frame", PageFixture.frame("Page", window, "/" + name))
                        .data("view", view)
                        .render();
        Path folder = Files.createDirectories(Path.of("target/pages"));
        Files.writeString(folder.resolve(name + ".html"), page);
        assertFalse(page.contains(" style="), "a page holds an inline style");
        assertFalse(page.matches("(?s).*<script(?! src).*"), "a page holds an inline script");
        assertFalse(page.matches("(?s).*\\son[a-z]+=.*"), "a page holds an inline handler");
        return page;
    }
}
