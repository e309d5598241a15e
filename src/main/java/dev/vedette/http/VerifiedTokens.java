package dev.vedette.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Callers of tokens that were verified lately: a sender shows the same token with every request,
 * and checking an RSA signature costs more than most requests do. A token is believed for {@link
 * #LIFE} at most, and never beyond its own end; what was refused is not remembered. Thread-safe.
 */
final class VerifiedTokens {
    /** How long a verified token is believed. */
    static final Duration LIFE = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final CredentialMemory<Caller> callers;

    VerifiedTokens(InstantSource clock) {
        this.clock = clock;
        this.callers = new CredentialMemory<>(clock);
    }

    /** The caller of a token that was shown in that way before; empty when it must be verified. */
    Optional<Caller> find(String token, Caller.Credential credential) {
        return callers.find(credential + token);
    }

    /**
     * Takes a token that was just verified.
     *
     * @param ends when it does
     */
    void remember(String token, Caller caller, Instant ends) {
        Instant until = clock.instant().plus(LIFE);
        callers.remember(caller.credential() + token, caller, ends.isBefore(until) ? ends : until);
    }
}
