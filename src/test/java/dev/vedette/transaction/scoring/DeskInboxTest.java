package dev.vedette.transaction.scoring;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeskInboxTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    private final DeskInbox inbox = new DeskInbox(10);

    @BeforeEach
    void open() {
        inbox.open();
    }

    private void offer(String id) {
        List<ReceivedTransaction> one =
                List.of(TransactionSamples.payment(new TenantId("tenant"), id, "account", 10, NOW));
        assertTrue(inbox.offer(one).isPresent());
    }

    private int taken() throws InterruptedException {
        return inbox.take(LONG, LONG, 10).size();
    }

    @Test
    void oneAloneWaitsForNobody() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            offer("p" + i);
            assertEquals(1, taken());
        }
    }

    @Test
    void oneOfACrowdWaitsForCompany() throws Exception {
        offer("first");
        offer("beside it");
        assertEquals(2, taken());
        FutureTask<Integer> next = new FutureTask<>(this::taken);
        offer("after them");
        Thread desk = Thread.ofPlatform().start(next);
        await().until(() -> desk.getState() == Thread.State.TIMED_WAITING);
        offer("its company");
        LockSupport.unpark(desk);
        assertEquals(2, next.get());
    }

    @Test
    void asManyAsShareACommitWaitForNobody() throws InterruptedException {
        offer("first");
        offer("beside it");
        assertEquals(2, taken());
        offer("after them");
        assertEquals(1, inbox.take(LONG, LONG, 1).size());
    }
}
