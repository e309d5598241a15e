package dev.vedette.dashboard;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Channels;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.Route;
import dev.vedette.alerting.RouteForm;
import dev.vedette.alerting.RouteTable;
import dev.vedette.alerting.Setting;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Who hears of which incidents, with a form that makes, changes, deletes and tests a route. */
@Path("/routes")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class RoutePages {
    private final Visits visits;
    private final PageAnswers answers;
    private final AlertSettings settings;
    private final StoredForms forms;
    private final Channels channels;
    private final DeliveryQueries deliveries;
    private final ChannelTests tests;
    private final CurrentCaller caller;

    RoutePages(
            Visits visits,
            PageAnswers answers,
            AlertSettings settings,
            StoredForms forms,
            Channels channels,
            DeliveryQueries deliveries,
            ChannelTests tests,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.settings = settings;
        this.forms = forms;
        this.channels = channels;
        this.deliveries = deliveries;
        this.tests = tests;
        this.caller = caller;
    }

    /** The routes; with {@code route} one of them in the form. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        Language language = Visits.language(context);
        return forms.find(Setting.Kind.ROUTE, Visits.query(context, "route"))
                .chain(known ->
                        page(
                                context,
                                known.map(one -> RouteFields.of(RouteForm.of(one), language))
                                        .orElse(RouteFields.fresh(language)),
                                known.map(one -> Long.toString(one.revision())).orElse(""),
                                List.of(),
                                UnaryOperator.identity()));
    }

    /** Stores or deletes the route of the form and shows the page again. */
    @POST
    @Path("save")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> save(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        return Uni.createFrom()
                .deferred(() ->
                        sent.isOn("delete") ? forms.delete(Setting.Kind.ROUTE, sent) : store(sent))
                .map(_ -> Response.seeOther(URI.create("/routes")).build())
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal ->
                        page(
                                context,
                                sent,
                                sent.text("seen"),
                                List.of(),
                                form ->
                                        form.refused(
                                                refusal, RouteFields::field, sent.language())));
    }

    private Uni<?> store(Sent sent) {
        RouteForm form = RouteFields.read(sent);
        return channels.requireKnown(caller.tenant(), form)
                .chain(() ->
                        settings.putRoute(caller.caller(), sent.text("name"), form, sent.seen()));
    }

    /** Sends a test over every channel of the stored route and shows what was answered. */
    @POST
    @Path("test")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> test(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        return forms.find(Setting.Kind.ROUTE, sent.set("name"))
                .chain(known ->
                        tests.send(
                                caller.caller(),
                                known.map(AlertSettings::route).stream()
                                        .flatMap(RoutePages::told)
                                        .distinct()
                                        .toList()))
                .chain(lines ->
                        page(
                                context,
                                RouteFields.fresh(sent.language()),
                                "",
                                lines,
                                UnaryOperator.identity()));
    }

    static Stream<String> told(Route route) {
        return Stream.concat(
                route.channels().stream(),
                route.escalation().stream().flatMap(one -> one.channels().stream()));
    }

    private Uni<Response> page(
            RoutingContext context,
            Sent sent,
            String seen,
            List<ChannelTests.Line> tested,
            UnaryOperator<SettingForm> refused) {
        TenantId tenant = caller.tenant();
        Uni<Optional<RoutesView>> view =
                Uni.combine()
                        .all()
                        .unis(
                                settings.routes(tenant),
                                settings.list(
                                        tenant,
                                        Setting.Kind.CHANNEL,
                                        Optional.empty(),
                                        AlertSettings.MOST),
                                deliveries.health(tenant))
                        .with((routes, known, health) ->
                                Optional.of(
                                        view(
                                                sent.language(),
                                                new RouteTable(routes).all(),
                                                health,
                                                tested,
                                                refused.apply(form(sent, seen, known)))));
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.routes"),
                                "alerts",
                                view,
                                Pages::routes));
    }

    private SettingForm form(Sent sent, String seen, List<Setting> known) {
        List<String> names = known.stream().map(Setting::name).toList();
        return forms.form(
                Setting.Kind.ROUTE, sent, seen, RouteFields.groups(sent, names, seen.isEmpty()));
    }

    private static RoutesView view(
            Language language,
            List<Route> routes,
            Map<String, DeliveryQueries.Health> health,
            List<ChannelTests.Line> tested,
            SettingForm form) {
        long dead = routes.stream().filter(route -> isDead(route, health)).count();
        String headline =
                dead == 0
                        ? language.say("routes.ways", routes.size(), language.count(routes.size()))
                        : language.say("routes.dead", dead, language.count(dead));
        return new RoutesView(
                headline,
                language.say("routes.lead"),
                routes.stream().map(route -> line(language, route, isDead(route, health))).toList(),
                tested,
                form);
    }

    private static boolean isDead(Route route, Map<String, DeliveryQueries.Health> health) {
        return route.channels().stream()
                .allMatch(name -> health.containsKey(name) && health.get(name).isDead());
    }

    private static RoutesView.Line line(Language language, Route route, boolean isDead) {
        List<String> manner = new ArrayList<>();
        manner.add(language.say("routes.every", Clock.span(route.pace().between())));
        route.pace()
                .repeat()
                .ifPresent(after -> manner.add(language.say("routes.again", Clock.span(after))));
        route.escalation()
                .ifPresent(next ->
                        manner.add(
                                language.say(
                                        "routes.next",
                                        String.join(", ", next.channels()),
                                        Clock.span(next.after()))));
        if (!route.quiet().isEmpty()) {
            manner.add(language.say("routes.quiet"));
        }
        return new RoutesView.Line(
                route.name(),
                "/routes?route=" + Frames.encode(route.name()) + "#form",
                AlertMaker.about(route.matchers(), language),
                String.join(", ", route.channels()),
                String.join("; ", manner),
                !route.isOn()
                        ? language.say("alert.off")
                        : isDead ? language.say("routes.deaf") : "");
    }
}
