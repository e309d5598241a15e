package dev.vedette.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down guessing of passwords: from the fifth failure on, a name is locked for half a minute,
 * and twice as long after each further failure, at most a quarter of an hour. Counts per replica,
 * for names that exist and names that do not alike. Bounded: the name that failed longest ago is
 * forgotten first. Thread-safe by its one lock, which is held for a look-up only.
 */
@ApplicationScoped
class SignInGuard {
    private static final int FREE = 4;
    private static final int MOST = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private record Failures(int count, Instant lockedUntil) {}

    private final InstantSource clock;
    private final Map<String, Failures> byName =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MOST;
                }
            };

    SignInGuard(InstantSource clock) {
        this.clock = clock;
    }

    /** How long the name is locked yet; empty when it is not. */
    synchronized Optional<Duration> locked(String name) {
        Failures failures = byName.get(name);
        Instant now = clock.instant();
        return failures == null || !failures.lockedUntil.isAfter(now)
                ? Optional.empty()
                : Optional.of(Duration.between(now, failures.lockedUntil));
    }

    /** Counts a failure. */
    synchronized void failed(String name) {
        Failures before = byName.remove(name);
        int count = before == null ? 1 : before.count + 1;
        byName.put(name, new Failures(count, clock.instant().plus(pause(count))));
    }

    /** Forgets the failures. */
    synchronized void succeeded(String name) {
        byName.remove(name);
    }

    private static Duration pause(int failures) {
        if (failures <= FREE) {
            return Duration.ZERO;
        }
        Duration pause = FIRST.multipliedBy(1L << Math.min(failures - FREE - 1, 10));
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
