package dev.vedette.http.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.Passwords;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.http.User;
import dev.vedette.http.Users;
import dev.vedette.tenant.TenantId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The people of the caller's tenant. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@RunOnVirtualThread
@Tag(name = "Access")
public class UserResource {
    private final CurrentCaller current;
    private final Users users;
    private final Cursors cursors;

    UserResource(CurrentCaller current, Users users, Cursors cursors) {
        this.current = current;
        this.users = users;
        this.cursors = cursors;
    }

    /**
     * A user to be made.
     *
     * @param name unique in the tenant
     * @param role viewer, analyst, editor or admin
     * @param password 12 characters or more, 72 bytes or fewer
     */
    public record NewUser(
            @Pattern(regexp = Users.NAME) @Schema(examples = "ann@example.org") String name,
            @Schema(examples = "analyst") String role,
            @Size(max = 300) @Schema(examples = "four plain words here") String password) {
        /** Says nothing of the password. */
        @Override
        public String toString() {
            return "NewUser[name=" + name + ", role=" + role + "]";
        }
    }

    /**
     * What to change; what is absent stays.
     *
     * @param role viewer, analyst, editor or admin
     * @param disabled whether sign-in is refused; a session that runs goes on to its end
     * @param password 12 characters or more, 72 bytes or fewer
     */
    public record UserChange(
            @Schema(examples = "editor") Optional<String> role,
            @Schema(examples = "false") Optional<Boolean> disabled,
            Optional<@Size(max = 300) String> password) {
        /** Says nothing of the password. */
        @Override
        public String toString() {
            return "UserChange[role=" + role + ", disabled=" + disabled + "]";
        }
    }

    /**
     * A change of one's own password.
     *
     * @param oldPassword as it is now
     * @param newPassword 12 characters or more, 72 bytes or fewer
     */
    public record PasswordChange(
            @Size(max = 300) String oldPassword, @Size(max = 300) String newPassword) {
        /** Says nothing. */
        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }

    /**
     * A user.
     *
     * @param name unique in the tenant
     * @param role viewer, analyst, editor or admin
     * @param disabled whether sign-in is refused
     * @param createdAt when it was made
     */
    public record UserView(String name, String role, boolean disabled, Instant createdAt) {
        static UserView of(User user) {
            return new UserView(
                    user.name(), user.role().claim(), user.isDisabled(), user.createdAt());
        }
    }

    /** The tenant's users. */
    @GET
    @Operation(summary = "List users", operationId = "listUsers")
    public Page<UserView> list(
            @RestQuery @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @RestQuery Optional<String> cursor) {
        TenantId tenant = current.tenant();
        int most = Pages.limit(limit);
        List<String> question = List.of("users", tenant.value());
        Optional<String> after = cursors.decode(question, cursor).map(List::getFirst);
        return Page.of(
                users.list(tenant, after, most + 1),
                most,
                UserView::of,
                last -> cursors.encode(question, List.of(last.name())));
    }

    /** Makes a user. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @ResponseStatus(201)
    @APIResponseSchema(value = UserView.class, responseCode = "201", responseDescription = "Made")
    @Operation(summary = "Make a user", operationId = "createUser")
    public UserView create(@NotNull @Valid NewUser wanted) {
        return UserView.of(
                users.create(
                        current.caller(),
                        wanted.name(),
                        Fields.userRole("/role", wanted.role()),
                        Passwords.checked("/password", wanted.password())));
    }

    /** Changes a user. */
    @PATCH
    @Path("/{name}")
    @Operation(summary = "Change role, state or password of a user", operationId = "changeUser")
    public UserView change(@RestPath String name, @NotNull @Valid UserChange wanted) {
        Users.Change change =
                new Users.Change(
                        wanted.role().map(role -> Fields.userRole("/role", role)),
                        wanted.disabled(),
                        wanted.password().map(text -> Passwords.checked("/password", text)));
        return UserView.of(users.change(current.caller(), name, change));
    }

    /** Changes the caller's own password. */
    @POST
    @Path("/me/password")
    @RolesAllowed("viewer")
    @Operation(summary = "Change one's own password", operationId = "changePassword")
    @APIResponse(responseCode = "204", description = "Changed")
    public void changePassword(@NotNull @Valid PasswordChange change) {
        users.changePassword(
                current.caller(),
                change.oldPassword(),
                Passwords.checked("/new_password", change.newPassword()));
    }
}
