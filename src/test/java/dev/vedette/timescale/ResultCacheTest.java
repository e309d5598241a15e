package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.PointBatch;
import dev.vedette.tenant.TenantId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ResultCacheTest {
    private static final TenantId US = new TenantId("us");
    private static final TenantId THEM = new TenantId("them");
    private static final int SIZE = 1000;

    private final WriteMarks marks = new WriteMarks();
    private final ResultCache cache =
            new ResultCache(
                    marks, 100_000, Duration.ofMinutes(5), 10_000, new SimpleMeterRegistry());
    private final AtomicInteger stored = new AtomicInteger(1);
    private final AtomicInteger reads = new AtomicInteger();

    private int ask(TenantId tenant, long series, int range) {
        return cache.<Integer>answer(
                        question(tenant, series, range),
                        () ->
                                Uni.createFrom()
                                        .item(() -> {
                                            reads.incrementAndGet();
                                            return stored.get();
                                        }),
                        _ -> SIZE)
                .await()
                .indefinitely();
    }

    private static ResultCache.Question question(TenantId tenant, long series, int range) {
        return new ResultCache.Question(tenant, List.of(series), List.of(range));
    }

    private void write(long series) {
        PointBatch batch =
                new PointBatch(new long[] {series}, new int[] {1}, new long[1], new double[1]);
        marks.written(List.of(new ShardBatch(0, batch)));
    }

    @Test
    void theSameQuestionIsReadOnceUntilItsSeriesIsWritten() {
        assertEquals(1, ask(US, 7, 1));
        stored.set(2);
        assertEquals(1, ask(US, 7, 1));
        write(8);
        assertEquals(1, ask(US, 7, 1));
        write(7);
        assertEquals(2, ask(US, 7, 1));
        assertEquals(2, reads.get());
    }

    @Test
    void anotherTenantOrRangeIsAnotherQuestion() {
        ask(US, 7, 1);
        ask(THEM, 7, 1);
        ask(US, 7, 2);
        assertEquals(3, reads.get());
    }

    @Test
    void writeDuringTheReadMakesItsAnswerStale() {
        Uni<Integer> slow =
                cache.<Integer>answer(
                        question(US, 7, 1),
                        () ->
                                Uni.createFrom()
                                        .item(() -> {
                                            int before = stored.get();
                                            stored.set(2);
                                            write(7);
                                            return before;
                                        }),
                        _ -> SIZE);
        assertEquals(1, slow.await().indefinitely());
        assertEquals(2, ask(US, 7, 1));
    }

    @Test
    void oneTenantCannotFillIt() {
        ask(THEM, 1, 1);
        for (int i = 0; i < 1000; i++) {
            ask(US, 7, i);
        }
        assertTrue(cache.size() <= 10_000 + 2 * SIZE, "holds " + cache.size());
        reads.set(0);
        ask(THEM, 1, 1);
        assertEquals(0, reads.get());
    }
}
