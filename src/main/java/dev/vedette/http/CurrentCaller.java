package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;

/**
 * The caller of the request at hand. There once access was checked, so on every route that asks for
 * a role; on a route open to all, {@link #caller()} refuses.
 */
@RequestScoped
public class CurrentCaller {
    private final CurrentVertxRequest request;

    CurrentCaller(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * Who asks.
     *
     * @throws ProblemException {@link ProblemKind#UNAUTHENTICATED} when the request was not
     *     authenticated
     */
    public Caller caller() {
        RoutingContext context = request.getCurrent();
        Caller caller = context == null ? null : CredentialMechanism.callerOf(context);
        if (caller == null) {
            throw ProblemException.of(
                    ProblemKind.UNAUTHENTICATED, "the request carries no credential");
        }
        return caller;
    }

    /**
     * Whose data the request is about.
     *
     * @throws ProblemException {@link ProblemKind#NO_TENANT} for a platform administrator
     */
    public TenantId tenant() {
        return caller().tenant()
                .orElseThrow(() ->
                        ProblemException.of(
                                ProblemKind.NO_TENANT,
                                "a platform administrator has no tenant data; use a"
                                        + " credential of the tenant"));
    }

    /**
     * Holds a tenant that the request names beside its credential against the credential's.
     *
     * @param named as the body, path, query or header has it
     * @throws ProblemException {@link ProblemKind#TENANT_MISMATCH} when it is another one; the
     *     answer is the same whether that tenant exists or not
     */
    public void requireTenant(String named) {
        tenant();
        caller().requireTenant(named);
    }
}
