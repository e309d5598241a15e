package dev.vedette.http;

import dev.vedette.http.oidc.OidcConfig;
import dev.vedette.tenant.TenantId;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Turns a name and a password into a dashboard session. */
@ApplicationScoped
public class SignIn {
    private static final Logger LOG = Logger.getLogger(SignIn.class);

    // hashing is slow on purpose: no more at once than leaves the service its cores
    private static final int AT_ONCE = 2;
    private static final Duration BUSY = Duration.ofSeconds(2);

    private final UserStore users;
    private final SignInGuard guard;
    private final TokenIssuer issuer;
    private final HttpConfig config;
    private final InstantSource clock;
    private final OidcConfig oidc;
    private final FewAtOnce hashing = new FewAtOnce(AT_ONCE, BUSY, "sign-ins");
    // checked when the name is not known, so that the time of the answer does not tell
    private final String nobody = Passwords.hash(Passwords.generate());

    SignIn(
            UserStore users,
            SignInGuard guard,
            TokenIssuer issuer,
            HttpConfig config,
            InstantSource clock,
            OidcConfig oidc) {
        this.users = users;
        this.guard = guard;
        this.issuer = issuer;
        this.config = config;
        this.clock = clock;
        this.oidc = oidc;
    }

    /**
     * The token of a new session. Blocks: for virtual threads.
     *
     * @param name the user's name; {@code tenant/name} where several tenants have that name
     * @param password as typed; never logged
     * @throws ProblemException {@link ProblemKind#FORBIDDEN} when passwords open nothing here;
     *     {@link ProblemKind#UNAUTHENTICATED} when name and password do not fit, whichever is
     *     wrong; {@link ProblemKind#TOO_MANY_REQUESTS} when that name failed too often or too many
     *     sign in at once
     */
    public String token(String name, String password) {
        if (!takesPasswords()) {
            throw ProblemException.of(
                    ProblemKind.FORBIDDEN, "passwords open nothing here; sign in at the provider");
        }
        String key = name.strip().toLowerCase(Locale.ROOT);
        guard.locked(key)
                .ifPresent(left -> {
                    throw ProblemException.retryable(
                            ProblemKind.TOO_MANY_REQUESTS,
                            "sign-in failed too often for this name; wait "
                                    + (left.toSeconds() + 1)
                                    + " seconds",
                            left.plusSeconds(1));
                });
        Optional<UserStore.Stored> found = find(key);
        String hash = found.map(UserStore.Stored::passwordHash).orElse(nobody);
        boolean fits = hashing.run(() -> Passwords.matches(password, hash));
        if (found.isEmpty() || !fits || found.get().user().isDisabled()) {
            guard.failed(key);
            LOG.infof("sign-in refused name=%s", printable(key));
            throw ProblemException.of(ProblemKind.UNAUTHENTICATED, "name or password is not right");
        }
        guard.succeeded(key);
        User user = found.get().user();
        return session(
                new Caller(
                        Optional.of(user.tenant()),
                        user.name(),
                        Set.of(user.role()),
                        Caller.Credential.SESSION));
    }

    /** The token of a new session of somebody whose identity is proven. */
    public String session(Caller caller) {
        LOG.infof(
                "signed in tenant=%s user=%s",
                caller.tenant().map(TenantId::value).orElse("-"), printable(caller.subject()));
        return issuer.token(caller, clock.instant(), config.sessionLife());
    }

    /** Whether passwords open: as set, and always where there is no identity provider. */
    public boolean takesPasswords() {
        return oidc.localSignIn() || oidc.issuer().isEmpty();
    }

    /** The {@code Set-Cookie} value that starts a session on the browser that asks. */
    public String startingCookie(RoutingContext context, String token) {
        return SessionCookie.write(context.request(), token, config.sessionLife());
    }

    /** The {@code Set-Cookie} value that ends the session on the browser that asks. */
    public String endingCookie(RoutingContext context) {
        return SessionCookie.write(context.request(), "", Duration.ZERO);
    }

    /**
     * Lets a sign-in form pass that comes from this service's own page. A form on another site
     * could otherwise sign a visitor in as somebody else.
     *
     * @throws ProblemException {@link ProblemKind#CROSS_SITE} when the browser says it does not
     */
    public void refuseCrossSite(RoutingContext context) {
        SessionCookie.refuseKnownCrossSite(context);
    }

    private Optional<UserStore.Stored> find(String key) {
        int slash = key.indexOf('/');
        if (slash > 0) {
            try {
                TenantId tenant = new TenantId(key.substring(0, slash));
                return users.find(tenant, key.substring(slash + 1)).await().indefinitely();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        List<UserStore.Stored> named = users.named(key).await().indefinitely();
        return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
    }

    private static String printable(String name) {
        return name.replaceAll("[^A-Za-z0-9._@+/-]", "?");
    }
}
