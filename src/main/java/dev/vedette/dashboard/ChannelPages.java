package dev.vedette.dashboard;

import dev.vedette.alerting.AlertSettings;
import dev.vedette.alerting.Channels;
import dev.vedette.alerting.DeliveryQueries;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where messages go, with a form that makes, changes, deletes and tests a channel. */
@Path("/channels")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class ChannelPages {
    private final Visits visits;
    private final PageAnswers answers;
    private final AlertSettings settings;
    private final StoredForms forms;
    private final Channels channels;
    private final DeliveryQueries deliveries;
    private final ChannelTests tests;
    private final CurrentCaller caller;

    ChannelPages(
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

    /** The channels; with {@code channel} one in the form, else a new one of {@code kind}. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        Language language = Visits.language(context);
        Sent fresh = ChannelFields.fresh(Visits.query(context, "kind").orElse(""), language);
        return forms.find(Setting.Kind.CHANNEL, Visits.query(context, "channel"))
                .chain(known ->
                        page(
                                context,
                                ChannelMaker.News.NONE,
                                known.map(one ->
                                                form(
                                                        ChannelFields.of(
                                                                Channels.shown(one), language),
                                                        Long.toString(one.revision())))
                                        .orElseGet(() -> form(fresh, ""))));
    }

    /**
     * Stores or deletes the channel of the form and shows the page again, with the secret that was
     * made for it, this once.
     */
    @POST
    @Path("save")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> save(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        return Uni.createFrom()
                .deferred(() ->
                        sent.isOn("delete")
                                ? forms.delete(Setting.Kind.CHANNEL, sent)
                                        .replaceWith(Optional.<String>empty())
                                : store(sent))
                .chain(secret ->
                        secret.map(made -> done(context, new ChannelMaker.News(List.of(), made)))
                                .orElseGet(() ->
                                        Uni.createFrom()
                                                .item(
                                                        Response.seeOther(URI.create("/channels"))
                                                                .build())))
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal ->
                        page(
                                context,
                                ChannelMaker.News.NONE,
                                form(sent, sent.text("seen"))
                                        .refused(refusal, Sent::field, sent.language())));
    }

    private Uni<Optional<String>> store(Sent sent) {
        return channels.put(
                        caller.caller(), sent.text("name"), ChannelFields.read(sent), sent.seen())
                .map(Channels.Kept::newSecret);
    }

    /** Sends a test to the stored channel and shows what was answered. */
    @POST
    @Path("test")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> test(RoutingContext context, MultivaluedMap<String, String> values) {
        return tests.send(caller.caller(), List.of(Sent.of(context, values).text("name")))
                .chain(lines -> done(context, new ChannelMaker.News(lines, "")));
    }

    private Uni<Response> done(RoutingContext context, ChannelMaker.News news) {
        return page(context, news, form(ChannelFields.fresh("", Visits.language(context)), ""));
    }

    private SettingForm form(Sent sent, String seen) {
        return forms.form(
                Setting.Kind.CHANNEL, sent, seen, ChannelFields.groups(sent, seen.isEmpty()));
    }

    private Uni<Response> page(RoutingContext context, ChannelMaker.News news, SettingForm form) {
        TenantId tenant = caller.tenant();
        return visits.of(context, Window.Length.DAY)
                .chain(visit -> {
                    ChannelMaker maker = new ChannelMaker(visit.clock());
                    Uni<Optional<ChannelsView>> view =
                            Uni.combine()
                                    .all()
                                    .unis(
                                            settings.list(
                                                    tenant,
                                                    Setting.Kind.CHANNEL,
                                                    Optional.empty(),
                                                    AlertSettings.MOST),
                                            settings.routes(tenant),
                                            deliveries.health(tenant))
                                    .with((rows, routes, health) ->
                                            Optional.of(
                                                    maker.view(rows, routes, health, news, form)));
                    return answers.page(
                            visit,
                            visit.language().say("title.channels"),
                            "alerts",
                            view,
                            Pages::channels);
                });
    }
}
