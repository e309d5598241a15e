package dev.vedette.dashboard;

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
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;

/** Where a reader chooses the time zone of all pages by name. */
@Path("/time-zone")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed({"viewer", "platform-admin"})
public class ZonePages {
    private static final int LONGEST_NAME = 64;

    private final Visits visits;
    private final PageAnswers answers;

    ZonePages(Visits visits, PageAnswers answers) {
        this.visits = visits;
        this.answers = answers;
    }

    /** The list of zones. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> choose(RoutingContext context) {
        return page(context, Visits.query(context, "back").orElse("/"), Optional.empty());
    }

    /** Keeps a zone and goes back; says what is wrong with a name that is none. */
    @POST
    @Path("keep")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> keep(
            RoutingContext context, @RestForm String zone, @RestForm String back) {
        String wanted = Optional.ofNullable(zone).orElse("");
        String to = Optional.ofNullable(back).orElse("/");
        return TimeZones.named(wanted)
                .map(found ->
                        Uni.createFrom()
                                .item(
                                        Response.seeOther(Preferences.here(to))
                                                .cookie(Preferences.zone(found))
                                                .build()))
                .orElseGet(() -> page(context, to, Optional.of(wanted)));
    }

    private Uni<Response> page(RoutingContext context, String back, Optional<String> refused) {
        return visits.ofAnyone(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.zone"),
                                "",
                                Uni.createFrom()
                                        .item(() -> Optional.of(view(visit, back, refused))),
                                Pages::zone));
    }

    private static ZoneView view(Visit visit, String back, Optional<String> refused) {
        Clock clock = visit.clock();
        Instant now = clock.now();
        return new ZoneView(
                now(clock),
                Preferences.here(back).toString(),
                refused.map(ZonePages::cut).orElse(""),
                refused.map(name -> clock.language().say("zone.unknown", cut(name))).orElse(""),
                TimeZones.PLACES.stream()
                        .map(id ->
                                new ZoneView.Zone(
                                        id,
                                        TimeZones.offset(ZoneId.of(id), now)
                                                + ", "
                                                + new Clock(ZoneId.of(id), now, clock.language())
                                                        .time(now)))
                        .toList());
    }

    private static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "\u2026" : name;
    }

    // What it is now and, where clocks change, when they do next.
    private static String now(Clock clock) {
        Instant now = clock.now();
        Language language = clock.language();
        String offset = TimeZones.offset(clock.zone(), now);
        Optional<ZoneOffsetTransition> next =
                Optional.ofNullable(clock.zone().getRules().nextTransition(now));
        String id = TimeZones.id(clock.zone());
        String text =
                id.equals("UTC")
                        ? language.say("zone.utc", clock.time(now))
                        : language.say("zone.now", id, clock.time(now), offset);
        return next.map(change ->
                        text
                                + " "
                                + language.say(
                                        "zone.next",
                                        clock.dayTime(change.getInstant()),
                                        TimeZones.offset(clock.zone(), change.getInstant())))
                .orElse(text);
    }
}
