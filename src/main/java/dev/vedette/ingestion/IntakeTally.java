package dev.vedette.ingestion;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What came in of each tenant during the last hour, by the way it came, as this process saw it: for
 * people who ask why their points are not there. Metrics have no tenant, and the log holds only
 * what was accepted. Thread-safe: what came one way is guarded by its own monitor.
 */
public final class IntakeTally {
    /** How far back the figures reach. */
    public static final Duration SPAN = Duration.ofHours(1);

    private static final long MINUTE = 60_000;

    private final ConcurrentHashMap<TenantId, Map<String, Minutes>> tenants =
            new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Instant since;

    /** Empty, by that clock. */
    public IntakeTally(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /**
     * What came one way.
     *
     * @param way {@code json}, {@code remote_write}, {@code otlp}, {@code influx}, {@code kafka},
     *     or {@code fetched} by the service itself
     * @param lastAt when something last came, also when all of it was refused
     * @param accepted points of the last hour
     * @param refused points of the last hour by reason; none with a count of 0
     */
    public record Way(String way, Instant lastAt, long accepted, Map<RefusalReason, Long> refused) {
        /** Refused points of all reasons. */
        public long refusedPoints() {
            return refused.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Since when this process counts. */
    public Instant since() {
        return since;
    }

    /** Counts what became of a request. */
    void add(TenantId tenant, String way, IntakeResult result) {
        tenants.computeIfAbsent(tenant, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(way, key -> new Minutes())
                .add(clock.instant(), result);
    }

    /** What came in of that tenant, the busiest way first; empty when nothing did yet. */
    public List<Way> of(TenantId tenant) {
        Instant now = clock.instant();
        return tenants.getOrDefault(tenant, Map.of()).entrySet().stream()
                .map(entry -> entry.getValue().way(entry.getKey(), now))
                .sorted(Comparator.comparingLong(Way::accepted).reversed().thenComparing(Way::way))
                .toList();
    }

    private record Minute(long number, long accepted, Map<RefusalReason, Long> refused) {
        Minute plus(IntakeResult result) {
            Map<RefusalReason, Long> sum = new EnumMap<>(RefusalReason.class);
            sum.putAll(refused);
            result.rejectedByReason()
                    .forEach((reason, count) -> sum.merge(reason, (long) count, Long::sum));
            return new Minute(number, accepted + result.accepted(), sum);
        }
    }

    private static final class Minutes {
        private final Deque<Minute> minutes = new ArrayDeque<>();
        private Instant lastAt = Instant.EPOCH;

        synchronized void add(Instant at, IntakeResult result) {
            long number = at.toEpochMilli() / MINUTE;
            Minute last = minutes.peekLast();
            boolean isSame = last != null && last.number == number;
            Minute before = isSame ? minutes.removeLast() : new Minute(number, 0, Map.of());
            minutes.addLast(before.plus(result));
            lastAt = at;
            drop(at);
        }

        synchronized Way way(String name, Instant now) {
            drop(now);
            long accepted = 0;
            Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
            for (Minute minute : minutes) {
                accepted += minute.accepted;
                minute.refused.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
            }
            return new Way(name, lastAt, accepted, Map.copyOf(refused));
        }

        private void drop(Instant now) {
            long oldest = now.minus(SPAN).toEpochMilli() / MINUTE;
            while (!minutes.isEmpty() && minutes.getFirst().number <= oldest) {
                minutes.removeFirst();
            }
        }
    }
}
