package dev.vedette.http.oidc;

import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ClaimRules;
import dev.vedette.http.RefusedClaimsException;
import dev.vedette.http.SignIn;
import dev.vedette.http.TenantDirectory;
import dev.vedette.tenant.Tenant;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Turns the ID token of somebody who signed in at the provider into a dashboard session. */
@ApplicationScoped
@Startup // a mapping that cannot be read stops the service, not the first sign-in
public class ProviderSignIn {
    private static final Logger LOG = Logger.getLogger(ProviderSignIn.class);

    private final OidcConfig config;
    private final ClaimRules rules;
    private final TenantDirectory tenants;
    private final SignIn signIn;
    private final Audit audit;

    ProviderSignIn(OidcConfig config, TenantDirectory tenants, SignIn signIn, Audit audit) {
        this.config = config;
        this.rules = ClaimRules.of(config.claims(), "vedette.oidc.claims");
        this.tenants = tenants;
        this.signIn = signIn;
        this.audit = audit;
    }

    /** Whether people can sign in at a provider. */
    public boolean isEnabled() {
        return config.issuer().isPresent();
    }

    /**
     * The token of a new session. Fails with {@link RefusedClaimsException} when the claims name no
     * tenant of this service, nobody, or no role.
     *
     * @param idToken its signature, issuer, audience, life and nonce were checked
     */
    public Uni<String> session(String idToken) {
        return Uni.createFrom()
                .item(() -> rules.caller(idToken, Caller.Credential.SESSION))
                .chain(this::known)
                .invoke(caller -> audit.done(caller, "session.sign-in", "identity provider"))
                .map(signIn::session);
    }

    /**
     * Writes to the log that somebody was not let in, without a token or what is in one.
     *
     * @param what which kind of failure
     */
    public void failed(String what, Throwable cause) {
        LOG.warnf("sign-in at the provider failed: %s %s", what, ProviderFaults.words(cause));
    }

    private Uni<Caller> known(Caller caller) {
        if (caller.roles().isEmpty()) {
            throw new RefusedClaimsException(
                    RefusedClaimsException.Reason.NO_ROLE, config.claims().roles());
        }
        Uni<Optional<Tenant>> found =
                caller.tenant().map(tenants::find).orElse(Uni.createFrom().item(Optional.empty()));
        return found.map(tenant -> {
            if (caller.tenant().isPresent() && tenant.isEmpty()) {
                throw new RefusedClaimsException(
                        RefusedClaimsException.Reason.OTHER_TENANT, config.claims().tenant());
            }
            return caller;
        });
    }
}
