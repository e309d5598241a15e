package dev.vedette.http.rest;

import dev.vedette.http.Caller;
import dev.vedette.http.CurrentCaller;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sign-in and sign-out of the dashboard, and who one is. */
@Path("/api/v1/session")
@Tag(name = "Access")
public class SessionResource {
    private final CurrentCaller current;

    SessionResource(CurrentCaller current) {
        this.current = current;
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
}
