package dev.vedette.http.rest;

import dev.vedette.http.Caller;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.SignIn;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;

/** Sign-in and sign-out of browsers, and who one is. */
@Path("/api/v1/session")
@Tag(name = "Access")
public class SessionResource {
    private final CurrentCaller current;
    private final SignIn signIn;

    SessionResource(CurrentCaller current, SignIn signIn) {
        this.current = current;
        this.signIn = signIn;
    }

    /**
     * Who asks.
     *
     * @param tenant null for a platform administrator
     * @param subject the user's name, or {@code key:} and the id of the API key
     * @param roles as granted, sorted
     */
    public record Session(Optional<String> tenant, String subject, List<String> roles) {
        static Session of(Caller caller) {
            return new Session(
                    caller.tenant().map(TenantId::value),
                    caller.subject(),
                    caller.roles().stream().map(Role::claim).sorted().toList());
        }
    }

    /** Says who the credential belongs to. */
    @GET
    @Authenticated
    @NonBlocking
    @Operation(summary = "Who am I", operationId = "getSession")
    public Session session() {
        return Session.of(current.caller());
    }

    /** Starts a session in a cookie that scripts cannot read. */
    @POST
    @PermitAll
    @RunOnVirtualThread
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(
            summary = "Sign in with name and password",
            description = "Answers a session cookie: HttpOnly, SameSite=Lax, __Host- over TLS.",
            operationId = "signIn")
    @APIResponse(responseCode = "204", description = "Signed in; the answer sets the cookie")
    public Response signIn(
            @RestForm @NotBlank @Size(max = 300) String username,
            @RestForm @NotBlank @Size(max = 300) String password,
            @Context RoutingContext context) {
        signIn.refuseCrossSite(context);
        String token = signIn.token(username, password);
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, signIn.startingCookie(context, token))
                .build();
    }

    /** Ends the session of this browser. */
    @DELETE
    @PermitAll
    @NonBlocking
    @Operation(summary = "Sign out", operationId = "signOut")
    @APIResponse(responseCode = "204", description = "The answer removes the cookie")
    public Response signOut(@Context RoutingContext context) {
        signIn.refuseCrossSite(context);
        return Response.noContent()
                .header(HttpHeaders.SET_COOKIE, signIn.endingCookie(context))
                .build();
    }
}
