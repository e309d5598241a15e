package dev.vedette.dashboard;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Passwords;
import dev.vedette.http.ProblemException;
import dev.vedette.http.User;
import dev.vedette.http.Users;
import dev.vedette.http.rest.Fields;
import dev.vedette.tenant.Role;
import io.smallrye.common.annotation.RunOnVirtualThread;
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
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The people of the tenant: made, given a role, kept out and let in again. */
@Path("/admin/users")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("admin")
@RunOnVirtualThread
public class UserPages {
    private static final List<String> ROLES =
            List.of(
                    Role.VIEWER.claim(),
                    Role.ANALYST.claim(),
                    Role.EDITOR.claim(),
                    Role.ADMIN.claim());

    private final Visits visits;
    private final PageAnswers answers;
    private final Users users;
    private final CurrentCaller caller;

    UserPages(Visits visits, PageAnswers answers, Users users, CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.users = users;
        this.caller = caller;
    }

    /** The users; with {@code user} one in the form, else a new one. */
    @GET
    @Operation(hidden = true)
    public Response show(RoutingContext context) {
        List<User> all = all();
        return Visits.query(context, "user")
                .flatMap(name -> all.stream().filter(one -> one.name().equals(name)).findFirst())
                .map(user -> page(context, all, true, changing(sent(context, user))))
                .orElseGet(() -> page(context, all, false, making(fresh(context))));
    }

    /** Makes the user of the form. */
    @POST
    @Path("save")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response save(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        try {
            users.create(caller.caller(), name(sent), role(sent), password(sent));
            return Response.seeOther(URI.create("/admin/users")).build();
        } catch (ProblemException refusal) {
            return refused(context, false, making(sent), refusal);
        }
    }

    /** Changes the user of the form. */
    @POST
    @Path("change")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response change(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        try {
            users.change(
                    caller.caller(),
                    sent.text("name"),
                    new Users.Change(
                            Optional.of(role(sent)),
                            Optional.of(sent.isOn("disabled")),
                            sent.set("password").map(_ -> password(sent))));
            return Response.seeOther(URI.create("/admin/users")).build();
        } catch (ProblemException refusal) {
            return refused(context, true, changing(sent), refusal);
        }
    }

    private Response refused(
            RoutingContext context, boolean changing, SettingForm form, ProblemException refusal) {
        return page(
                context,
                all(),
                changing,
                form.refused(refusal, Sent::field, Visits.language(context)));
    }

    private List<User> all() {
        return users.list(caller.tenant(), Optional.empty(), Users.MOST);
    }

    private static String name(Sent sent) {
        return sent.set("name")
                .filter(name -> name.matches(Users.NAME))
                .orElseThrow(() -> sent.refused("name", "userName"));
    }

    private static Role role(Sent sent) {
        return Fields.userRole("/role", sent.text("role"));
    }

    private static String password(Sent sent) {
        return Passwords.checked("/password", sent.text("password"));
    }

    private static Sent fresh(RoutingContext context) {
        return Sent.of(context, Map.of("role", List.of(Role.VIEWER.claim())));
    }

    private static Sent sent(RoutingContext context, User user) {
        return Sent.of(
                context,
                Map.of(
                        "name", List.of(user.name()),
                        "role", List.of(user.role().claim()),
                        "disabled", List.of(user.isDisabled() ? "on" : "")));
    }

    private static SettingForm making(Sent sent) {
        FieldMaker fields = new FieldMaker(sent, "user");
        String least = Integer.toString(Passwords.MIN_LENGTH);
        return SettingForm.of(
                fields.title(),
                "/admin/users/save",
                SettingForm.Group.of(
                        "",
                        fields.text("name"),
                        fields.oneOf("role", ROLES),
                        fields.secret("password").hint(fields.words("password.least", least))));
    }

    private static SettingForm changing(Sent sent) {
        FieldMaker fields = new FieldMaker(sent, "user.change");
        return SettingForm.of(
                sent.language().say("rules.change", sent.text("name")),
                "/admin/users/change",
                SettingForm.Group.of(
                        "",
                        fields.fixed("name"),
                        fields.oneOf("role", ROLES),
                        fields.yesOrNo("disabled"),
                        fields.secret("password")));
    }

    private Response page(
            RoutingContext context, List<User> all, boolean changing, SettingForm form) {
        Visit visit = visits.of(context, Window.Length.DAY).await().indefinitely();
        UsersView view =
                new UsersView(
                        headline(all, visit.language()),
                        all.stream().map(user -> line(visit.clock(), user)).toList(),
                        changing,
                        form);
        return answers.page(
                        visit,
                        visit.language().say("title.users"),
                        AdminPages.SECTION,
                        Uni.createFrom().item(Optional.of(view)),
                        Pages::users)
                .await()
                .indefinitely();
    }

    private static String headline(List<User> all, Language language) {
        long open = all.stream().filter(user -> !user.isDisabled()).count();
        return language.say("users.open", open, language.firstCount(open));
    }

    private static UsersView.Line line(Clock clock, User user) {
        return new UsersView.Line(
                user.name(),
                "/admin/users?user=" + Frames.encode(user.name()) + "#form",
                user.role().claim(),
                clock.at(user.createdAt()),
                clock.language().say(user.isDisabled() ? "users.mayNot" : "users.may"));
    }
}
