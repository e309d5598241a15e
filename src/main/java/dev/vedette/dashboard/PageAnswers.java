package dev.vedette.dashboard;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
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
                        parts.getItem2()
                                .map(found -> template.apply(parts.getItem1(), found))
                                .orElseGet(() -> lost(parts.getItem1()))
                                .createUni()
                                .map(html -> answer(html, parts.getItem2().isPresent())));
    }

    private static TemplateInstance lost(Frame frame) {
        return Pages.lost(
                frame,
                "This is not here.",
                "The link may be old, or what it named is past its retention.");
    }

    private static Response answer(String html, boolean found) {
        return Response.status(found ? 200 : 404)
                .entity(html)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .build();
    }
}
