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
                .map(user -> page(context, all, true, changing(sent(user))))
                .orElseGet(() -> page(context, all, false, making(new Sent(Map.of()))));
    }

    /** Makes the user of the form. */
    @POST
    @Path("save")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response save(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = new Sent(values);
        try {
            users.create(caller.caller(), name(sent), role(sent), password(sent));
            return Response.seeOther(URI.create("/admin/users")).build();
        } catch (ProblemException refusal) {
            return page(context, all(), false, making(sent).refused(refusal, Sent::field));
        }
    }

    /** Changes the user of the form. */
    @POST
    @Path("change")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response change(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = new Sent(values);
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
            return page(context, all(), true, changing(sent).refused(refusal, Sent::field));
        }
    }

    private List<User> all() {
        return users.list(caller.tenant(), Optional.empty(), Users.MOST);
    }

    private static String name(Sent sent) {
        return sent.set("name")
                .filter(name -> name.matches(Users.NAME))
                .orElseThrow(() ->
                        Sent.refused(
                                "name",
                                "a name has 1 to 200 of a-z, 0-9 and . _ @ + -",
                                "an address such as ann@example.org will do"));
    }

    private static Role role(Sent sent) {
        return Fields.userRole("/role", sent.text("role"));
    }

    private static String password(Sent sent) {
        return Passwords.checked("/password", sent.text("password"));
    }

    private static Sent sent(User user) {
        return new Sent(
                Map.of(
                        "name", List.of(user.name()),
                        "role", List.of(user.role().claim()),
                        "disabled", List.of(user.isDisabled() ? "on" : "")));
    }

    private static SettingForm making(Sent sent) {
        String role = sent.set("role").orElse(Role.VIEWER.claim());
        return form(
                "Make a user",
                "/admin/users/save",
                List.of(
                        FormField.text("name", "Name", sent.text("name"))
                                .hint("To sign in with; lower case."),
                        FormField.oneOf("role", "Role", role, ROLES),
                        FormField.secret("password", "Password")
                                .hint(
                                        "At least "
                                                + Passwords.MIN_LENGTH
                                                + " characters: a few words.")));
    }

    private static SettingForm changing(Sent sent) {
        return form(
                "Change " + sent.text("name"),
                "/admin/users/change",
                List.of(
                        FormField.fixed("name", "Name", sent.text("name")),
                        FormField.oneOf("role", "Role", sent.text("role"), ROLES),
                        FormField.yesOrNo("disabled", "May not sign in", sent.isOn("disabled"))
                                .hint("A session that runs goes on to its end."),
                        FormField.secret("password", "New password")
                                .hint("Empty: it stays as it is.")));
    }

    private static SettingForm form(String title, String action, List<FormField> fields) {
        return new SettingForm(
                title, action, "", List.of(new SettingForm.Group("", fields)), "", "");
    }

    private Response page(
            RoutingContext context, List<User> all, boolean changing, SettingForm form) {
        Visit visit = visits.of(context, Window.Length.DAY).await().indefinitely();
        UsersView view =
                new UsersView(
                        headline(all),
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

    private static String headline(List<User> all) {
        long open = all.stream().filter(user -> !user.isDisabled()).count();
        return Words.sentence(Words.count(open))
                + (open == 1 ? " person may sign in." : " people may sign in.");
    }

    private static UsersView.Line line(Clock clock, User user) {
        return new UsersView.Line(
                user.name(),
                "/admin/users?user=" + Frames.encode(user.name()) + "#form",
                user.role().claim(),
                clock.at(user.createdAt()),
                user.isDisabled() ? "may not sign in" : "may sign in");
    }
}
