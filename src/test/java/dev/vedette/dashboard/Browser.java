package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Chromium that notes what pages complain of and whom they talk to. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final int SLOWEST_MILLIS = 120_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final String base;
    private final List<String> complaints = new ArrayList<>();

    /** A browser for the pages below that address. */
    Browser(String base) {
        this.base = base;
        this.playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(CHROMIUM)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-background-networking")));
    }

    /** Whether there is a Chromium on this machine. */
    static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM);
    }

    /** A window of that width, nobody signed in. */
    Page open(int width, ColorScheme scheme) {
        return open(width, scheme, "en-US");
    }

    /** The same of a reader of that language. */
    Page open(int width, ColorScheme scheme, String locale) {
        return open(options(width, scheme).setLocale(locale));
    }

    /** The same on a device in that time zone. */
    Page openIn(String zone, int width, ColorScheme scheme) {
        return open(options(width, scheme).setLocale("en-US").setTimezoneId(zone));
    }

    private com.microsoft.playwright.Browser.NewContextOptions options(
            int width, ColorScheme scheme) {
        return new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, width < 700 ? 844 : 900)
                .setColorScheme(scheme)
                .setHasTouch(width < 700)
                .setBaseURL(base);
    }

    private Page open(com.microsoft.playwright.Browser.NewContextOptions options) {
        BrowserContext context = browser.newContext(options);
        // A machine that does much else is slow, not wrong.
        context.setDefaultTimeout(SLOWEST_MILLIS);
        context.setDefaultNavigationTimeout(SLOWEST_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            // A live stream that breaks is opened again.
            if (message.type().equals("error") && !message.location().contains("/live")) {
                complaints.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add(page.url() + ": " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(base) && !request.url().startsWith("data:")) {
                complaints.add(page.url() + " asked " + request.url());
            }
        });
        return page;
    }

    /** A window of that width in which that user is signed in, at the overview. */
    Page signIn(int width, ColorScheme scheme, String user, String password) {
        return signIn(open(width, scheme), user, password);
    }

    /** The same in that window. */
    static Page signIn(Page page, String user, String password) {
        page.navigate("/");
        page.fill("input[name=username]", user);
        page.fill("input[name=password]", password);
        page.click("button.primary");
        page.waitForSelector("#page");
        return page;
    }

    /** Gives the window the session of that token, as an identity provider's groups would. */
    void enter(Page page, String token) {
        page.context().addCookies(List.of(new Cookie("vedette_session", token).setUrl(base)));
    }

    /** Makes a user, as the administrator who is signed in on that page. */
    static void addUser(Page page, String name, String role, String password) {
        assertEquals(
                201,
                send(
                        page,
                        "/api/v1/users",
                        "application/json",
                        "{\"name\":\"%s\",\"role\":\"%s\",\"password\":\"%s\"}"
                                .formatted(name, role, password)));
    }

    /** The status of a POST as whoever is signed in on that page. */
    static int send(Page page, String path, String type, String body) {
        Object status =
                page.evaluate(
                        """
                        ([path, type, body]) => fetch(path,
                            {method: "POST", headers: {"Content-Type": type}, body}).then(a => a.status)\
                        """,
                        List.of(path, type, body));
        return ((Number) status).intValue();
    }

    /** How many pixels the page is wider than its window; leaves a picture. */
    static int sideways(Page page, String name) {
        picture(page, name);
        Object over =
                page.evaluate(
                        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return ((Number) over).intValue();
    }

    /** Errors of scripts and of the content policy, and requests to other origins. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Drops the word of a page that was rightly not found. */
    void forget404() {
        forget("404");
    }

    /** Drops the complaints that hold that text. */
    void forget(String expected) {
        complaints.removeIf(complaint -> complaint.contains(expected));
    }

    /** Leaves a picture of the whole page in {@code target/screenshots}. */
    static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(Path.of("target/screenshots", name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
