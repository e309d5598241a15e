package dev.vedette.dashboard;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.BiFunction;

/** Puts a view into its frame; what is not there is a page too. */
@ApplicationScoped
class PageAnswers {
    private final Frames frames;

    PageAnswers(Frames frames) {
        this.frames = frames;
    }

    /**
     * A page in its frame.
     *
     * @param title of the browser's window
     * @param section which entry of the navigation is current
     * @param view what it shows; empty: there is nothing of that name, 404
     */
    <V> Uni<Response> page(
            Visit visit,
            String title,
            String section,
            Uni<Optional<V>> view,
            BiFunction<Frame, V, TemplateInstance> template) {
        return Uni.combine()
                .all()
                .unis(frames.frame(visit, title, section), view)
                .asTuple()
                .chain(parts ->
                        html(
                                parts.getItem2()
                                        .map(found -> template.apply(parts.getItem1(), found))
                                        .orElseGet(() -> lost(parts.getItem1())),
                                visit.language(),
                                parts.getItem2().isPresent() ? 200 : 404));
    }

    private static TemplateInstance lost(Frame frame) {
        return Pages.lost(
                frame, frame.language().say("lost.headline"), frame.language().say("lost.lead"));
    }

    /** That page in that language, as an answer which no cache gives to readers of another. */
    static Uni<Response> html(TemplateInstance page, Language language, int status) {
        return page.setLocale(language.tag())
                .createUni()
                .map(html -> answer(html, language, status));
    }

    /** A page that was written in that language. */
    static Response answer(String html, Language language, int status) {
        return Response.status(status)
                .entity(html)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
                .header(HttpHeaders.VARY, "Accept-Language, Cookie")
                .build();
    }
}
