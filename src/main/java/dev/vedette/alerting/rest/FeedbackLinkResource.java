package dev.vedette.alerting.rest;

import dev.vedette.alerting.FeedbackClicks;
import dev.vedette.alerting.FeedbackLink;
import dev.vedette.alerting.MessageLinks;
import dev.vedette.http.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Where the links of messages lead. The signed text is the credential: no login. Opening the link
 * shows a button and does nothing, as scanners of mail open every link; the button does it.
 */
@Path("/feedback/{link}")
@Tag(name = "Feedback")
public class FeedbackLinkResource {
    private static final int GONE = 410;

    private final MessageLinks links;
    private final FeedbackClicks clicks;

    FeedbackLinkResource(MessageLinks links, FeedbackClicks clicks) {
        this.links = links;
        this.clicks = clicks;
    }

    /** Shows what the link would do. */
    @GET
    @PermitAll
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "Show what a link of a message does", operationId = "showFeedbackLink")
    public RestResponse<String> show(@PathParam("link") String text) {
        FeedbackLink link = read(text);
        return clicks.isLive(link)
                ? page(
                        200,
                        link.action().text(),
                        "<form method=\"post\"><button>"
                                + link.action().text()
                                + "</button></form>")
                : expired();
    }

    /** Does what the link says. Again does nothing more. */
    @POST
    @PermitAll
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "Do what a link of a message says", operationId = "followFeedbackLink")
    public Uni<RestResponse<String>> follow(@PathParam("link") String text) {
        FeedbackLink link = read(text);
        return clicks.isLive(link)
                ? clicks.follow(link)
                        .map(_ ->
                                page(
                                        200,
                                        "Thank you",
                                        "<p>Noted: " + link.action().text() + "</p>"))
                : Uni.createFrom().item(expired());
    }

    private FeedbackLink read(String text) {
        Optional<FeedbackLink> link = links.read(text);
        return link.orElseThrow(() -> ProblemException.notFound("link", "…"));
    }

    private static RestResponse<String> expired() {
        return page(GONE, "Too late", "<p>This link has expired. Open the incident instead.</p>");
    }

    /** Texts are this service's own: nothing of a message comes in here. */
    private static RestResponse<String> page(int status, String title, String body) {
        String html =
                """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <meta name="robots" content="noindex">
                <title>%1$s</title></head><body><main><h1>%1$s</h1>%2$s</main></body></html>
                """
                        .formatted(title, body);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.fromStatusCode(status), html)
                .header("Cache-Control", "no-store")
                .build();
    }
}
