package dev.vedette.dashboard;

import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.Feedbacks;
import dev.vedette.alerting.Suggestions;
import dev.vedette.detection.rest.Choices;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Ids;
import dev.vedette.http.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the forms of the feedback corner do; each leads back to its page. */
@Path("/verdicts")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class FeedbackPages {
    private static final int LONGEST_CAUSE = 200;
    private static final int LONGEST_COMMENT = 2000;

    private final Feedbacks feedbacks;
    private final Suggestions suggestions;
    private final CurrentCaller caller;

    FeedbackPages(Feedbacks feedbacks, Suggestions suggestions, CurrentCaller caller) {
        this.feedbacks = feedbacks;
        this.suggestions = suggestions;
        this.caller = caller;
    }

    /** Notes what was said. */
    @POST
    @RolesAllowed("analyst")
    @Operation(hidden = true)
    public Uni<Response> say(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        Feedback.Verdict verdict =
                Choices.of("/verdict", sent.text("verdict"), Feedback.Verdict.values());
        Feedback.Subject about =
                new Feedback.Subject(
                        Ids.of("incident", sent.text("incident")),
                        sent.set("anomaly").flatMap(Ids::find));
        return feedbacks
                .give(
                        caller.caller(),
                        about,
                        verdict,
                        Optional.of(cut(sent.text("cause"), LONGEST_CAUSE))
                                .filter(cause -> !cause.isEmpty()),
                        cut(sent.text("comment"), LONGEST_COMMENT))
                .map(_ -> back(sent));
    }

    /** Takes a word back; one that is gone stays gone. */
    @POST
    @Path("undo")
    @RolesAllowed("analyst")
    @Operation(hidden = true)
    public Uni<Response> undo(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        return feedbacks
                .withdraw(caller.caller(), Ids.of("feedback", sent.text("word")))
                .onFailure(ProblemException.class)
                .recoverWithNull()
                .map(_ -> back(sent));
    }

    /** Applies a suggestion, puts it aside, or takes that back; one that is gone stays gone. */
    @POST
    @Path("suggestion")
    @RolesAllowed("editor")
    @Operation(hidden = true)
    public Uni<Response> decide(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        return Uni.createFrom()
                .deferred(() -> decided(sent.text("action"), sent.text("id")))
                .onFailure(ProblemException.class)
                .recoverWithNull()
                .map(_ -> back(sent));
    }

    private Uni<Void> decided(String action, String id) {
        return switch (action) {
            case "apply" -> suggestions.apply(caller.caller(), id).replaceWithVoid();
            case "dismiss" -> suggestions.dismiss(caller.caller(), id).replaceWithVoid();
            default -> suggestions.reopen(caller.caller(), id);
        };
    }

    private static Response back(Sent sent) {
        return Response.seeOther(URI.create(Preferences.here(sent.text("back")) + "#feedback"))
                .build();
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(text.length(), most));
    }
}
