package dev.vedette.dashboard;

import dev.vedette.http.SignIn;
import dev.vedette.http.oidc.OidcConfig;
import dev.vedette.http.oidc.ProviderTenant;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The ways in.
 *
 * @param back where the visitor wanted to be
 * @param local whether name and password open
 * @param provider what the identity provider is called; empty when there is none
 * @param href where signing in there begins
 */
record Door(String back, boolean local, String provider, String href) {
    static Door of(SignIn signIn, OidcConfig config, String back) {
        String inside = Preferences.here(back).toString();
        return new Door(
                inside,
                signIn.takesPasswords(),
                config.issuer().isPresent() ? config.label() : "",
                ProviderTenant.PATH + "?back=" + URLEncoder.encode(inside, StandardCharsets.UTF_8));
    }
}
