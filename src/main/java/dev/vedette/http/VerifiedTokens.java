package dev.vedette.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Callers of tokens that were verified lately: a sender shows the same token with every request,
 * and checking an RSA signature costs more than most requests do. A token is believed for {@link
 * #LIFE} at most, and never beyond its own end; what was refused is not remembered. Tokens are kept
 * as digests, never as they are. Thread-safe.
 */
final class VerifiedTokens {
    /** How long a verified token is believed. */
    static final Duration LIFE = Duration.ofMinutes(1);

    private static final int MOST = 10_000;

    private record Entry(Caller caller, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    VerifiedTokens(InstantSource clock) {
        this.clock = clock;
    }

    /** The caller of a token that was shown in that way before; empty when it must be verified. */
    Optional<Caller> find(String token, Caller.Credential credential) {
        return Optional.ofNullable(entries.get(key(token, credential)))
                .filter(entry -> entry.until.isAfter(clock.instant()))
                .map(Entry::caller);
    }

    /**
     * Takes a token that was just verified.
     *
     * @param ends when it does
     */
    void remember(String token, Caller caller, Instant ends) {
        if (entries.size() >= MOST) {
            entries.clear(); // rare, and cheaper than an order of use
        }
        Instant until = clock.instant().plus(LIFE);
        entries.put(
                key(token, caller.credential()),
                new Entry(caller, ends.isBefore(until) ? ends : until));
    }

    private static String key(String token, Caller.Credential credential) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return credential + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
