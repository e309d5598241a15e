package dev.vedette.dashboard;

import dev.vedette.http.ApiKey;
import dev.vedette.http.ApiKeys;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.rest.Fields;
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
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The tenant's API keys: made, with a secret that is told once, and revoked. */
@Path("/admin/keys")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("admin")
public class KeyPages {
    private static final int MOST_NAME = 200;
    private static final int MOST_DAYS = 3650;

    private final Visits visits;
    private final PageAnswers answers;
    private final ApiKeys keys;
    private final CurrentCaller caller;
    private final InstantSource time;

    KeyPages(
            Visits visits,
            PageAnswers answers,
            ApiKeys keys,
            CurrentCaller caller,
            InstantSource time) {
        this.visits = visits;
        this.answers = answers;
        this.keys = keys;
        this.caller = caller;
        this.time = time;
    }

    /** The keys, and a form that makes one. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        return page(context, "", "");
    }

    /** Makes the key of the form and shows the page again, with its secret, this once. */
    @POST
    @Path("save")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> save(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        return Uni.createFrom()
                .deferred(() ->
                        keys.create(caller.caller(), name(sent), roles(sent), expiresAt(sent)))
                .chain(made -> page(context, made.secret().text(), ""))
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal ->
                        page(
                                context,
                                "",
                                "",
                                KeyMaker.form(sent)
                                        .refused(refusal, KeyMaker::field, sent.language())));
    }

    /** Revokes a key and shows the page again. */
    @POST
    @Path("revoke")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> revoke(RoutingContext context, MultivaluedMap<String, String> values) {
        return keys.revoke(caller.caller(), Sent.of(context, values).text("id"))
                .chain(() -> page(context, "", ""))
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal -> page(context, "", Words.refusal(refusal)));
    }

    private static String name(Sent sent) {
        return sent.set("name")
                .filter(name -> name.length() <= MOST_NAME)
                .orElseThrow(() -> sent.refused("name", "keyName", Integer.toString(MOST_NAME)));
    }

    private static Set<Role> roles(Sent sent) {
        List<String> chosen = sent.several("roles");
        if (chosen.isEmpty()) {
            throw sent.refused("roles", "keyRoles");
        }
        return chosen.stream()
                .map(claim -> Fields.keyRole("/roles", claim))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Instant> expiresAt(Sent sent) {
        Optional<Integer> days = sent.whole("days");
        if (days.filter(count -> count < 1 || count > MOST_DAYS).isPresent()) {
            throw sent.refused("days", "keyDays", Integer.toString(MOST_DAYS));
        }
        return days.map(count -> time.instant().plus(Duration.ofDays(count)));
    }

    private Uni<Response> page(RoutingContext context, String newSecret, String problem) {
        return page(
                context, newSecret, problem, KeyMaker.form(Sent.nothing(Visits.language(context))));
    }

    private Uni<Response> page(
            RoutingContext context, String newSecret, String problem, SettingForm form) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit -> {
                    Uni<List<ApiKey>> all =
                            keys.list(visit.tenant().id(), Optional.empty(), ApiKeys.MOST);
                    return answers.page(
                            visit,
                            visit.language().say("title.keys"),
                            AdminPages.SECTION,
                            all.map(found ->
                                    Optional.of(
                                            new KeyMaker(visit.clock())
                                                    .view(found, newSecret, problem, form))),
                            Pages::keys);
                });
    }
}
