package dev.vedette.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known, for a while, of credentials that were shown. They are kept as digests, never as
 * they are; at most {@value #MOST} of them, beyond which all are forgotten. Thread-safe.
 *
 * @param <V> what is known of one
 */
public final class CredentialMemory<V> {
    private static final int MOST = 10_000;

    private record Entry<V>(V known, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Entry<V>> entries = new ConcurrentHashMap<>();

    /** Knows of none. */
    public CredentialMemory(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether nothing is known of any. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * What is known of a credential.
     *
     * @param shown the credential, and whatever it is known together with
     */
    public Optional<V> find(String shown) {
        return Optional.ofNullable(entries.get(digest(shown)))
                .filter(entry -> entry.until.isAfter(clock.instant()))
                .map(Entry::known);
    }

    /** Notes it until then. */
    public void remember(String shown, V known, Instant until) {
        if (entries.size() >= MOST) {
            entries.clear(); // rare, and cheaper than an order of use
        }
        entries.put(digest(shown), new Entry<>(known, until));
    }

    private static String digest(String shown) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(shown.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
