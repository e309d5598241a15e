package dev.vedette.http;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Turns a JWT into a caller, with the checks of RFC 8725: the algorithm is the one agreed on and
 * never taken from the token, issuer and audience must match, and a token lives at most {@link
 * HttpConfig#maxTokenLife()}. The service's own tokens are tried first, then those of the trusted
 * identity provider. A verified one is believed for a while, see {@link VerifiedTokens}.
 */
@ApplicationScoped
public class TokenVerifier {
    private final JWTParser own;
    private final Optional<JWTParser> trusted;
    private final Duration maxLife;
    private final VerifiedTokens verified;

    TokenVerifier(HttpConfig config, SigningKeys keys, InstantSource clock) {
        JWTAuthContextInfo ownRules = new JWTAuthContextInfo(keys.publicKey(), config.issuer());
        this.own = parser(ownRules, config, Set.of(SignatureAlgorithm.RS256));
        this.trusted =
                config.trusted()
                        .map(provider ->
                                parser(
                                        new JWTAuthContextInfo(provider.keys(), provider.issuer()),
                                        config,
                                        algorithms(provider.algorithms().orElse(Set.of("RS256")))));
        this.maxLife = config.maxTokenLife();
        this.verified = new VerifiedTokens(clock);
    }

    /**
     * The caller of a token. Fails with {@link AuthenticationFailedException}, whose message may be
     * shown.
     *
     * @param credential how the token came
     */
    Uni<Caller> verify(String token, Caller.Credential credential) {
        Optional<Caller> known = verified.find(token, credential);
        if (known.isPresent()) {
            return Uni.createFrom().item(known.get());
        }
        try {
            return Uni.createFrom().item(remembered(token, own.parse(token), credential));
        } catch (ParseException e) {
            if (trusted.isEmpty()) {
                return Uni.createFrom().failure(refused(e));
            }
        } catch (AuthenticationFailedException e) {
            return Uni.createFrom().failure(e);
        }
        // may fetch the provider's keys, which blocks
        return Uni.createFrom()
                .item(() -> verifyTrusted(trusted.get(), token, credential))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Caller verifyTrusted(JWTParser parser, String token, Caller.Credential credential) {
        try {
            return remembered(token, parser.parse(token), credential);
        } catch (ParseException e) {
            throw refused(e);
        }
    }

    private Caller remembered(String token, JsonWebToken parsed, Caller.Credential credential) {
        Caller caller = caller(parsed, credential);
        verified.remember(token, caller, Instant.ofEpochSecond(parsed.getExpirationTime()));
        return caller;
    }

    private Caller caller(JsonWebToken token, Caller.Credential credential) {
        long life = token.getExpirationTime() - token.getIssuedAtTime();
        if (life <= 0 || life > maxLife.toSeconds()) {
            throw new AuthenticationFailedException(
                    "the token lives longer than " + maxLife + ", or has no iat or exp");
        }
        Set<Role> roles = new HashSet<>();
        for (String group : token.getGroups() == null ? Set.<String>of() : token.getGroups()) {
            // groups of an identity provider that mean nothing here grant nothing here
            Role.ofClaim(group).ifPresent(roles::add);
        }
        try {
            Optional<TenantId> tenant = token.<String>claim("tenant").map(TenantId::new);
            return new Caller(tenant, token.getName(), roles, credential);
        } catch (IllegalArgumentException | ClassCastException e) {
            throw new AuthenticationFailedException("the token names no tenant", e);
        }
    }

    private static AuthenticationFailedException refused(ParseException cause) {
        return new AuthenticationFailedException(
                "the token is malformed, expired, or not signed for this service", cause);
    }

    private static JWTParser parser(
            JWTAuthContextInfo rules, HttpConfig config, Set<SignatureAlgorithm> algorithms) {
        rules.setSignatureAlgorithm(algorithms);
        rules.setExpectedAudience(Set.of(config.audience()));
        rules.setMaxTimeToLiveSecs(config.maxTokenLife().toSeconds());
        rules.setClockSkew(10);
        return new DefaultJWTParser(rules);
    }

    private static Set<SignatureAlgorithm> algorithms(Set<String> names) {
        Set<SignatureAlgorithm> algorithms =
                names.stream()
                        .map(SignatureAlgorithm::fromAlgorithm)
                        .collect(Collectors.toUnmodifiableSet());
        if (algorithms.stream().anyMatch(algorithm -> algorithm.name().startsWith("HS"))) {
            throw new IllegalArgumentException(
                    "vedette.http.trusted.algorithms must not be symmetric, is " + names);
        }
        return algorithms;
    }
}
