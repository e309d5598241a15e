package dev.vedette.http.oidc;

import dev.vedette.http.ClaimsConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Settings of sign-in at an identity provider by OpenID Connect. */
@ConfigMapping(prefix = "vedette.oidc")
public interface OidcConfig {
    /**
     * The provider's issuer URL, below which {@code /.well-known/openid-configuration} is. Absent:
     * people sign in with name and password only.
     */
    Optional<URI> issuer();

    /** The client that the provider knows the service as. */
    @WithDefault("vedette")
    String clientId();

    /** The client's secret; absent for a public client. */
    Optional<String> clientSecret();

    /** What is asked of the provider beside {@code openid}. */
    @WithDefault("profile,email")
    List<String> scopes();

    /** What the button on the sign-in page calls the provider, after "Sign in with". */
    @WithDefault("single sign-on")
    String label();

    /** How the ID token's claims become tenant, roles and name. */
    ClaimsConfig claims();

    /** Whether name and password also open the dashboard. Without a provider they always do. */
    @WithDefault("true")
    boolean localSignIn();

    /** Whether signing out here also ends the session at the provider, where it offers that. */
    @WithDefault("true")
    boolean endProviderSession();
}
