/** Sign-in at an identity provider: OpenID Connect, the authorization code flow. */
@NullMarked
package dev.vedette.http.oidc;

import org.jspecify.annotations.NullMarked;
