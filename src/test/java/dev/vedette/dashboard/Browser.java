package dev.vedette.dashboard;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Chromium that notes what pages complain of and whom they talk to. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

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
        BrowserContext context =
                browser.newContext(
                        new com.microsoft.playwright.Browser.NewContextOptions()
                                .setViewportSize(width, width < 700 ? 844 : 900)
                                .setColorScheme(scheme)
                                .setHasTouch(width < 700)
                                .setBaseURL(base));
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
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

    /** Errors of scripts and of the content policy, and requests to other origins. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Drops the word of a page that was rightly not found. */
    void forget404() {
        complaints.removeIf(complaint -> complaint.contains("404"));
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
