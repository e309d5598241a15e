package dev.vedette.http;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.security.identity.IdentityProviderManager;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers onto sockets, which no resource answers, by the same credentials as everything else.
 * A socket outlives the check of its credential, so each message is checked again: a revoked key or
 * an expired token ends what it could do here as soon as there.
 */
@ApplicationScoped
public class SocketAccess {
    private final CredentialMechanism credentials;
    private final IdentityProviderManager identities;
    private final Refusals refusals;

    SocketAccess(
            CredentialMechanism credentials,
            IdentityProviderManager identities,
            Refusals refusals) {
        this.credentials = credentials;
        this.identities = identities;
        this.refusals = refusals;
    }

    /**
     * Whose data the caller's are.
     *
     * @param context of the request that opened the socket
     * @param roles one of which the credential must grant
     * @return fails with what {@link #problem} tells; a browser's session is refused, because a
     *     browser sends it to a socket that another site opens
     */
    public Uni<TenantId> tenant(RoutingContext context, Role... roles) {
        return credentials
                .authenticate(context, identities)
                .map(_ -> tenant(CredentialMechanism.callerOf(context), roles));
    }

    private static TenantId tenant(@Nullable Caller caller, Role... roles) {
        if (caller == null) {
            throw ProblemException.of(
                    ProblemKind.UNAUTHENTICATED, "the request carries no credential");
        }
        if (caller.credential() == Caller.Credential.SESSION) {
            throw ProblemException.of(
                    ProblemKind.CROSS_SITE, "a socket takes a token or an API key, no session");
        }
        if (Arrays.stream(roles).noneMatch(caller::may)) {
            throw ProblemException.of(
                    ProblemKind.FORBIDDEN, "the credential lacks the role that this call asks for");
        }
        return caller.tenant()
                .orElseThrow(() ->
                        ProblemException.of(
                                ProblemKind.NO_TENANT,
                                "a platform administrator has no tenant data; use a"
                                        + " credential of the tenant"));
    }

    /**
     * Holds a tenant that a message names against the credential's.
     *
     * @throws ProblemException {@link ProblemKind#TENANT_MISMATCH} when it is another one
     */
    public void requireTenant(RoutingContext context, String named) {
        Caller caller = CredentialMechanism.callerOf(context);
        if (caller != null) {
            caller.requireTenant(named);
        }
    }

    /** What a failure means to the caller. */
    public ProblemException problem(RoutingContext context, Throwable failure) {
        return refusals.of(failure, context);
    }
}
