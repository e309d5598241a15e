package dev.vedette.http;

import dev.vedette.tenant.Role;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Signs tokens of this service. Needs no running application.
 *
 * @param keys signs with
 * @param issuer the {@code iss} claim
 * @param audience the {@code aud} claim
 */
public record TokenIssuer(SigningKeys keys, String issuer, String audience) {
    /**
     * A signed token (RS256).
     *
     * @param caller becomes the claims {@code tenant}, {@code sub} and {@code groups}
     * @param issuedAt start of its life
     * @param life how long it is accepted; whole seconds count
     */
    public String token(Caller caller, Instant issuedAt, Duration life) {
        Set<String> groups =
                caller.roles().stream().map(Role::claim).collect(Collectors.toUnmodifiableSet());
        JwtClaimsBuilder claims =
                Jwt.issuer(issuer)
                        .audience(audience)
                        .subject(caller.subject())
                        .upn(caller.subject())
                        .groups(groups)
                        .claim("jti", UUID.randomUUID().toString())
                        .issuedAt(issuedAt)
                        .expiresAt(issuedAt.plus(life));
        caller.tenant().ifPresent(tenant -> claims.claim("tenant", tenant.value()));
        return claims.sign(keys.privateKey());
    }
}
