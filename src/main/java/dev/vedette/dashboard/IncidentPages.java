package dev.vedette.dashboard;

import dev.vedette.detection.rest.Choices;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Ids;
import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentAction;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;

/** The list of incidents and the page of one, with what a person can do about it. */
@Path("/incidents")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class IncidentPages {
    private static final int PAGE = 50;
    private static final int LONGEST_NOTE = 2000;
    private static final IncidentQueries.Filter GOING =
            new IncidentQueries.Filter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Set.of(IncidentStatus.OPEN, IncidentStatus.ACKNOWLEDGED));

    private final Visits visits;
    private final PageAnswers answers;
    private final IncidentQueries incidents;
    private final FeedbackReader feedback;
    private final CurrentCaller caller;
    private final InstantSource time;

    IncidentPages(
            Visits visits,
            PageAnswers answers,
            IncidentQueries incidents,
            FeedbackReader feedback,
            CurrentCaller caller,
            InstantSource time) {
        this.visits = visits;
        this.answers = answers;
        this.incidents = incidents;
        this.feedback = feedback;
        this.caller = caller;
        this.time = time;
    }

    /** The tenant's incidents, newest first. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> list(RoutingContext context) {
        boolean going = isGoing(context);
        Optional<IncidentQueries.Position> after =
                Visits.query(context, "after").flatMap(IncidentPages::place);
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.incidents"),
                                "incidents",
                                read(visit, going, after).map(Optional::of),
                                Pages::incidents));
    }

    private Uni<IncidentsView> read(
            Visit visit, boolean going, Optional<IncidentQueries.Position> after) {
        IncidentQueries.Filter filter = going ? GOING : IncidentQueries.Filter.ALL;
        return incidents
                .list(visit.tenant().id(), filter, after, PAGE + 1)
                .map(rows -> {
                    List<Incident> shown = rows.stream().limit(PAGE).toList();
                    String next =
                            rows.size() > PAGE
                                    ? "/incidents?"
                                            + (going ? "state=open&" : "")
                                            + "after="
                                            + text(rows.get(PAGE - 1))
                                    : "";
                    return new IncidentMaker(visit).list(shown, going, next);
                });
    }

    /** Those that the list shows: with {@code state=open} those that go on, else all. */
    static IncidentQueries.Filter filter(RoutingContext context) {
        return isGoing(context) ? GOING : IncidentQueries.Filter.ALL;
    }

    private static boolean isGoing(RoutingContext context) {
        return Visits.query(context, "state").filter("open"::equals).isPresent();
    }

    /** The page of one incident. */
    @GET
    @Path("{id}")
    @Operation(hidden = true)
    public Uni<Response> read(RoutingContext context, @RestPath String id) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.incident"),
                                "incidents",
                                Ids.find(id)
                                        .map(known -> view(visit, known))
                                        .orElse(Uni.createFrom().item(Optional.empty())),
                                Pages::incident));
    }

    private Uni<Optional<IncidentView>> view(Visit visit, UUID id) {
        boolean mayAct = caller.caller().may(Role.ANALYST);
        return Uni.combine()
                .all()
                .unis(incidents.find(visit.tenant().id(), id), feedback.of(visit, id))
                .with((found, corner) ->
                        found.map(detail -> new IncidentMaker(visit).page(detail, mayAct, corner)));
    }

    /** Does what a person chose and shows the page again. */
    @POST
    @Path("{id}/actions")
    @RolesAllowed("analyst")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> act(
            @RestPath String id,
            @RestForm Optional<String> action,
            @RestForm Optional<String> note) {
        IncidentAction.Kind kind =
                Choices.of("/action", action.orElse(""), IncidentAction.Kind.values());
        String said = note.orElse("").strip();
        IncidentAction done =
                new IncidentAction(
                        time.instant(),
                        caller.caller().subject(),
                        kind,
                        said.substring(0, Math.min(said.length(), LONGEST_NOTE)));
        Response back = Response.seeOther(URI.create("/incidents/" + Frames.encode(id))).build();
        return Ids.find(id)
                .map(known -> incidents.act(caller.tenant(), known, done).replaceWith(back))
                .orElse(Uni.createFrom().item(back));
    }

    private static String text(Incident last) {
        return last.startedAt().toEpochMilli() + "." + last.id();
    }

    private static Optional<IncidentQueries.Position> place(String text) {
        String[] parts = text.split("\\.", 2);
        try {
            return Optional.of(
                    new IncidentQueries.Position(
                            Instant.ofEpochMilli(Long.parseLong(parts[0])),
                            UUID.fromString(parts[parts.length - 1])));
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
