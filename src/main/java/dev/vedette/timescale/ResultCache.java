package dev.vedette.timescale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.vedette.tenant.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers to queries about points that are asked again and again, bounded in bytes, in all and for
 * each tenant.
 *
 * <p>An answer carries the {@link WriteMarks} from before it was read. It is given again only while
 * they are the same, so that a point this process acknowledged is never missing from an answer;
 * points written by other processes, and what retention deletes, show when the answer is too old to
 * be kept.
 */
@ApplicationScoped
class ResultCache {
    private static final int ENTRY_BYTES = 300;

    private final WriteMarks marks;
    private final long tenantBytes;
    private final boolean on;
    private final Cache<Question, Answer> answers;
    private final Map<TenantId, Long> bytes = new ConcurrentHashMap<>();
    private final Counter hits;
    private final Counter misses;

    @Inject
    ResultCache(WriteMarks marks, QueryConfig config, MeterRegistry metrics) {
        this(
                marks,
                config.cacheBytes(),
                config.cacheTtl(),
                (long) (config.cacheBytes() * config.cacheTenantShare()),
                metrics);
    }

    ResultCache(
            WriteMarks marks,
            long mostBytes,
            Duration ttl,
            long tenantBytes,
            MeterRegistry metrics) {
        this.marks = marks;
        this.tenantBytes = tenantBytes;
        this.on = mostBytes > 0 && ttl.isPositive();
        this.answers =
                Caffeine.newBuilder()
                        .maximumWeight(Math.max(0, mostBytes))
                        .weigher((Question question, Answer answer) -> answer.bytes())
                        .expireAfterWrite(on ? ttl : Duration.ofSeconds(1))
                        .executor(Runnable::run)
                        .removalListener(this::removed)
                        .build();
        this.hits = metrics.counter("vedette_query_cache_requests_total", "result", "hit");
        this.misses = metrics.counter("vedette_query_cache_requests_total", "result", "miss");
        Gauge.builder("vedette_query_cache_bytes", this, ResultCache::size)
                .description("Bytes of answers kept in memory, about")
                .register(metrics);
    }

    /** One that keeps nothing. */
    static ResultCache none() {
        return new ResultCache(new WriteMarks(), 0, Duration.ZERO, 0, new SimpleMeterRegistry());
    }

    /**
     * What is asked.
     *
     * @param tenant of whom
     * @param seriesIds about which series, ascending
     * @param rest everything else that the answer depends on
     */
    record Question(TenantId tenant, List<Long> seriesIds, List<?> rest) {}

    private record Answer(Object value, long mark, int bytes) {}

    /**
     * The answer: a kept one, or what reading gives.
     *
     * @param size bytes of an answer, about
     */
    @SuppressWarnings("unchecked") // a question is always answered by values of one type
    <T> Uni<T> answer(Question question, Supplier<Uni<T>> reading, ToLongFunction<T> size) {
        if (!on) {
            return reading.get();
        }
        return Uni.createFrom()
                .deferred(() -> {
                    long mark = marks.of(question.seriesIds());
                    Answer known = answers.getIfPresent(question);
                    if (known != null && known.mark() == mark) {
                        hits.increment();
                        return Uni.createFrom().item((T) known.value());
                    }
                    misses.increment();
                    return reading.get()
                            .invoke(read -> keep(question, read, mark, size.applyAsLong(read)));
                });
    }

    private void keep(Question question, Object value, long mark, long size) {
        long weight = ENTRY_BYTES + 8L * question.seriesIds().size() + size;
        long taken = bytes.getOrDefault(question.tenant(), 0L);
        if (weight > Integer.MAX_VALUE || taken + weight > tenantBytes) {
            return;
        }
        bytes.merge(question.tenant(), weight, Long::sum);
        answers.put(question, new Answer(value, mark, (int) weight));
    }

    private void removed(@Nullable Question question, @Nullable Answer answer, RemovalCause cause) {
        if (question != null && answer != null) {
            bytes.computeIfPresent(
                    question.tenant(),
                    (_, taken) -> taken <= answer.bytes() ? null : taken - answer.bytes());
        }
    }

    /** Bytes kept, about. */
    long size() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
