package dev.vedette.dashboard;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.IncidentFacts;
import dev.vedette.alerting.Setting;
import dev.vedette.alerting.SilenceForm;
import dev.vedette.alerting.SilencePreview;
import dev.vedette.alerting.SilencePreviews;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Ids;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who was told of what, who hears, and what is muted, with a form that mutes. */
@Path("/alerts")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class AlertPages {
    private static final int SHOWN = 50;
    private static final int MOST_MUTED = 10;
    private static final Duration TRIED = Duration.ofDays(30);

    private final Visits visits;
    private final PageAnswers answers;
    private final DeliveryQueries deliveries;
    private final AlertSettings settings;
    private final StoredForms forms;
    private final SilencePreviews previews;
    private final CurrentCaller caller;

    AlertPages(
            Visits visits,
            PageAnswers answers,
            DeliveryQueries deliveries,
            AlertSettings settings,
            StoredForms forms,
            SilencePreviews previews,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.deliveries = deliveries;
        this.settings = settings;
        this.forms = forms;
        this.previews = previews;
        this.caller = caller;
    }

    /** The page; with {@code try} the form tried on the past. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        AlertsView.Fields form = fields(name -> Visits.query(context, name));
        boolean isTrial = Visits.query(context, "try").isPresent();
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        isTrial
                                ? tried(visit, form).chain(news -> page(visit, form, news))
                                : page(visit, form, AlertMaker.News.NONE));
    }

    /** Stores the silence of the form and shows the page again. */
    @POST
    @Path("silence")
    @RolesAllowed("analyst")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> silence(RoutingContext context, MultivaluedMap<String, String> sent) {
        AlertsView.Fields form = fields(name -> Optional.ofNullable(sent.getFirst(name)));
        return Uni.createFrom()
                .deferred(() ->
                        settings.putSilence(
                                caller.caller(),
                                UUID.randomUUID().toString(),
                                form(form),
                                OptionalLong.empty()))
                .<Response>map(_ -> back())
                .onFailure(ProblemException.class)
                .recoverWithUni(refused ->
                        visits.of(context, Window.Length.DAY)
                                .chain(visit -> page(visit, form, refused(refused))));
    }

    /** Ends a silence; one that is gone or changed meanwhile is left as it is. */
    @POST
    @Path("end")
    @RolesAllowed("analyst")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> end(RoutingContext context, MultivaluedMap<String, String> values) {
        return forms.delete(Setting.Kind.SILENCE, Sent.of(context, values))
                .<Response>map(_ -> back())
                .onFailure(ProblemException.class)
                .recoverWithItem(AlertPages::back);
    }

    /** Has a message sent again, with the same key; one that is gone stays gone. */
    @POST
    @Path("again")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> again(RoutingContext context, MultivaluedMap<String, String> values) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        Ids.find(Sent.of(context, values).text("id"))
                                .map(id ->
                                        deliveries.replay(
                                                visit.tenant().id(), id, visit.clock().now()))
                                .orElse(Uni.createFrom().item(Optional.empty())))
                .map(_ -> back());
    }

    private static Response back() {
        return Response.seeOther(URI.create("/alerts")).build();
    }

    private static AlertMaker.News refused(Throwable failure) {
        return new AlertMaker.News("", List.of(), Words.refusal(failure));
    }

    private static AlertsView.Fields fields(Function<String, Optional<String>> sent) {
        return new AlertsView.Fields(
                sent.apply("matcher").map(String::strip).orElse(""),
                sent.apply("reason").map(String::strip).orElse(""),
                sent.apply("hours").filter(AlertsView.Fields.HOURS::contains).orElse("2"));
    }

    private static SilenceForm form(AlertsView.Fields fields) {
        return new SilenceForm(
                Optional.empty(),
                List.of(fields.matcher()),
                fields.reason(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.ofHours(Long.parseLong(fields.hours())).toSeconds()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    // On the past as if it had been in force all the time: what fits is what would be muted.
    private Uni<AlertMaker.News> tried(Visit visit, AlertsView.Fields fields) {
        Instant now = visit.clock().now();
        Instant from = now.minus(TRIED);
        TenantId tenant = visit.tenant().id();
        return Uni.createFrom()
                .deferred(() -> {
                    AlertsView.Fields asked =
                            new AlertsView.Fields(
                                    fields.matcher(),
                                    fields.reason().isEmpty() ? "a try" : fields.reason(),
                                    Long.toString(TRIED.toHours()));
                    var silence = form(asked).read("preview", caller.caller().subject(), from);
                    return previews.of(tenant, silence, from, now, now)
                            .map(tried -> news(tried.preview(), visit.language()));
                })
                .onFailure(ProblemException.class)
                .recoverWithItem(AlertPages::refused);
    }

    private static AlertMaker.News news(SilencePreview preview, Language language) {
        int muted = preview.muted().size();
        String said =
                language.say(
                        "alerts.wouldMute",
                        muted,
                        Figures.whole(muted),
                        Figures.whole(preview.told().size() + preview.later().size()));
        return new AlertMaker.News(
                said,
                preview.muted().stream().limit(MOST_MUTED).map(IncidentFacts::title).toList(),
                "");
    }

    private Uni<Response> page(Visit visit, AlertsView.Fields form, AlertMaker.News news) {
        TenantId tenant = visit.tenant().id();
        boolean maySilence = caller.caller().may(Role.ANALYST);
        boolean mayReplay = caller.caller().may(Role.EDITOR);
        Uni<Optional<AlertsView>> view =
                Uni.combine()
                        .all()
                        .unis(
                                deliveries.list(
                                        tenant,
                                        DeliveryQueries.Filter.ALL,
                                        Optional.empty(),
                                        SHOWN),
                                settings.routes(tenant),
                                settings.list(
                                        tenant,
                                        Setting.Kind.SILENCE,
                                        Optional.empty(),
                                        AlertSettings.MOST))
                        .with((sent, routes, silences) ->
                                Optional.of(
                                        new AlertMaker(visit.clock())
                                                .view(
                                                        sent,
                                                        routes,
                                                        silences,
                                                        form,
                                                        news,
                                                        maySilence,
                                                        mayReplay)));
        return answers.page(
                visit, visit.language().say("title.alerts"), "alerts", view, Pages::alerts);
    }
}
