package dev.vedette.dashboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import dev.vedette.DatabaseTestResource;
import dev.vedette.http.Bootstrap;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.training.PaymentsApi;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Files of models in a real browser: brought, refused, taken away, brought again. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@EnabledIf("dev.vedette.dashboard.Browser#isInstalled")
class ModelPagesIT {
    private static final String READER = "four plain words here";

    // What is said while a file is sent is gone once the answer is there.
    private static final String LISTEN =
            """
            () => {
                window.said = [];
                new MutationObserver(() => window.said.push(document.querySelector("[data-progress] [role=status]")?.textContent))
                    .observe(document.querySelector("[data-progress]"), {childList: true, subtree: true, characterData: true});
            }\
            """;

    private final Bootstrap bootstrap;
    private final PaymentsApi api;
    private final TenantId tenant = new TenantId("files-" + UUID.randomUUID());
    private Browser browser;

    ModelPagesIT(Bootstrap bootstrap, PaymentsApi api) {
        this.bootstrap = bootstrap;
        this.api = api;
    }

    @BeforeEach
    void open() {
        browser = new Browser("http://localhost:" + RestAssured.port);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        List<String> complaints = browser.complaints();
        browser.close();
        assertEquals(List.of(), complaints);
    }

    /** The words of the table that go over more than one line. */
    private static final String BROKEN_WORDS =
            """
            () => [...document.querySelectorAll('table.versions td')].flatMap(cell => {
                const broken = [];
                const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
                while (texts.nextNode()) {
                    for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
                        const range = document.createRange();
                        range.setStart(texts.currentNode, word.index);
                        range.setEnd(texts.currentNode, word.index + word[0].length);
                        if (range.getClientRects().length > 1) broken.push(word[0]);
                    }
                }
                return broken;
            })\
            """;

    private static FilePayload file(String text) {
        return new FilePayload(
                "model.bin", "application/octet-stream", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fileOfAVersionIsTakenAwayAndBroughtAgainAndAnotherIsRefusedInWords() throws IOException {
        bootstrap.ensureTenant(tenant, "Northwind");
        String password = bootstrap.ensureAdmin(tenant, "ada").orElseThrow();
        Page page = browser.signIn(1440, ColorScheme.LIGHT, tenant.value() + "/ada", password);
        page.navigate("/models");
        page.waitForSelector(".nothing");
        page.setInputFiles("input[type=file]", file("no model"));
        page.evaluate(LISTEN);
        page.click("button:has-text('Bring it')");
        page.waitForSelector(".wrong:has-text('The file was refused; nothing has changed.')");
        page.waitForSelector(".wrong [lang=en] li:has-text('send a file of vedette train')");
        Object said = page.evaluate("() => window.said.join()");
        assertTrue(String.valueOf(said).contains("Sending it."), "said " + said);
        page.waitForSelector(".nothing");
        // what was filled in stands again
        page.selectOption("select[name=format]", "onnx");
        page.fill("input[name=features]", "amount_z, <b>");
        page.setInputFiles("input[type=file]", file("no model"));
        page.click("button:has-text('Bring it')");
        page.waitForSelector(".wrong:has-text('<b>')");
        assertEquals("amount_z, <b>", page.inputValue("input[name=features]"));
        assertEquals(List.of(), AccessibilityIT.findings(page));
        Browser.picture(page, "models-refused-light-1440");

        api.sendPast(tenant, 400);
        api.train(tenant, "register");
        page.navigate("/models");
        Download download = page.waitForDownload(() -> page.click("a:text-is('File')"));
        assertEquals("model-1.bin", download.suggestedFilename());
        byte[] first = Files.readAllBytes(download.path());
        page.setInputFiles("input[type=file]", download.path());
        page.selectOption("select[name=next]", "shadow");
        page.click("button:has-text('Bring it')");
        page.waitForSelector(".told:has-text('Version 2 is there and scores beside')");
        assertEquals(2, page.locator("tbody tr").count());
        Download second =
                page.waitForDownload(() -> page.click("a[aria-label='File of version 2']"));
        assertArrayEquals(first, Files.readAllBytes(second.path()));
        Browser.picture(page, "models-light-1440");

        Page phone = browser.signIn(390, ColorScheme.DARK, tenant.value() + "/ada", password);
        phone.navigate("/models");
        assertEquals(0, Browser.sideways(phone, "models-dark-390"));
        assertEquals(List.of(), AccessibilityIT.findings(phone));
        assertEquals(List.of(), phone.evaluate(BROKEN_WORDS));
        phone.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        phone.click("button[name=language]:text-is('Deutsch')");
        phone.waitForSelector("html[lang=de]");
        assertEquals(0, Browser.sideways(phone, "models-german-light-390"));
        assertEquals(List.of(), phone.evaluate(BROKEN_WORDS));
        phone.setViewportSize(320, 800);
        assertEquals(0, Browser.sideways(phone, "models-german-light-320"));
        assertEquals(List.of(), phone.evaluate(BROKEN_WORDS));

        Browser.addUser(page, "vic", "viewer", READER);
        Page reader = browser.signIn(1440, ColorScheme.LIGHT, tenant.value() + "/vic", READER);
        reader.navigate("/models");
        assertEquals(0, reader.locator("form[data-upload]").count());
        assertEquals(2, reader.locator("a:text-is('File')").count());
        assertEquals(
                403,
                Browser.send(reader, "/models/upload", "multipart/form-data; boundary=x", "--x--"));
        browser.forget("403");
    }
}
