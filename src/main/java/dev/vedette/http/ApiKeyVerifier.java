package dev.vedette.http;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Turns an API key into a caller. A found key is believed for {@link HttpConfig#apiKeyCache()}, so
 * a revocation reaches every replica within that time; what is not found is not remembered.
 */
@ApplicationScoped
public class ApiKeyVerifier {
    private static final Logger LOG = Logger.getLogger(ApiKeyVerifier.class);
    private static final int MOST = 10_000;
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);

    private record Entry(ApiKeyStore.Stored stored, Instant readAt) {}

    private final ApiKeyStore store;
    private final InstantSource clock;
    private final Duration life;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Instant> touched = new ConcurrentHashMap<>();

    ApiKeyVerifier(ApiKeyStore store, InstantSource clock, HttpConfig config) {
        this.store = store;
        this.clock = clock;
        this.life = config.apiKeyCache();
    }

    /**
     * The caller of a key. Fails with {@link AuthenticationFailedException}, whose message tells
     * the holder of a real key what is wrong with it and tells a guesser nothing; fails as the
     * store does when that cannot answer.
     */
    Uni<Caller> verify(String text) {
        Optional<ApiKeySecret> parsed = ApiKeySecret.parse(text);
        if (parsed.isEmpty()) {
            return refuse("the API key is malformed: its form or its checksum is wrong");
        }
        ApiKeySecret secret = parsed.get();
        return find(secret.id()).onItem().transformToUni(found -> judge(secret, found));
    }

    /** Makes the next use of the key ask the store, on this replica. */
    void forget(String id) {
        entries.remove(id);
    }

    private Uni<Optional<ApiKeyStore.Stored>> find(String id) {
        Entry entry = entries.get(id);
        if (entry != null && entry.readAt.plus(life).isAfter(clock.instant())) {
            return Uni.createFrom().item(Optional.of(entry.stored));
        }
        return store.find(id).invoke(found -> found.ifPresent(this::remember));
    }

    private void remember(ApiKeyStore.Stored stored) {
        if (entries.size() >= MOST) {
            entries.clear();
            touched.clear();
        }
        entries.put(stored.key().id(), new Entry(stored, clock.instant()));
    }

    private Uni<Caller> judge(ApiKeySecret secret, Optional<ApiKeyStore.Stored> found) {
        byte[] expected = found.map(ApiKeyStore.Stored::hash).orElseGet(() -> new byte[32]);
        if (!MessageDigest.isEqual(expected, secret.hash()) || found.isEmpty()) {
            return refuse("the API key is not known");
        }
        ApiKey key = found.get().key();
        if (!key.isLive(clock.instant())) {
            return refuse("the API key is expired or revoked");
        }
        touch(key);
        return Uni.createFrom()
                .item(
                        new Caller(
                                Optional.of(key.tenant()),
                                "key:" + key.id(),
                                key.roles(),
                                Caller.Credential.API_KEY));
    }

    // the request does not wait for this, and does not fail with it
    private void touch(ApiKey key) {
        Instant now = clock.instant();
        Instant last = touched.get(key.id());
        if (last == null || last.plus(TOUCH_EVERY).isBefore(now)) {
            touched.put(key.id(), now);
            store.touch(key.id(), now)
                    .subscribe()
                    .with(
                            done -> {},
                            e ->
                                    LOG.warnf(
                                            e,
                                            "last use of key not noted tenant=%s key=%s",
                                            key.tenant(),
                                            key.id()));
        }
    }

    private static Uni<Caller> refuse(String reason) {
        return Uni.createFrom().failure(new AuthenticationFailedException(reason));
    }
}
