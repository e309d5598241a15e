package dev.vedette.transaction.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QueueNewsTest {
    private static final Duration LOOK = Duration.ofMillis(100);

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final InMemoryDecisionStore store = new InMemoryDecisionStore();
    private final QueueNews news = new QueueNews(store, LOOK, () -> now);

    @Test
    void oneAnswerServesAllShards() {
        waits();
        assertTrue(news.has(0));
        assertFalse(news.has(1));
        assertEquals(1, store.looks());
    }

    @Test
    void anEmptyQueueIsLookedAtLessAndLessOftenButEverySecond() {
        for (int i = 0; i < 600; i++) {
            assertFalse(news.has(0));
            now = now.plus(LOOK);
        }
        assertEquals(63, store.looks(), 2);
        waits();
        now = now.plusSeconds(1);
        assertTrue(news.has(0));
    }

    @Test
    void aQueueInUseIsLookedAtEveryTime() {
        waits();
        for (int i = 0; i < 10; i++) {
            assertTrue(news.has(0));
            now = now.plus(LOOK);
        }
        assertEquals(10, store.looks());
    }

    private void waits() {
        store.enqueue(TransactionSamples.payment(new TenantId("acme"), "p1", "acc", 10, now));
    }
}
