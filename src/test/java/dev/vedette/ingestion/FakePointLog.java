package dev.vedette.ingestion;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * The log in memory, its appends held back until the test lets them succeed or fail, one by one.
 * Checks what the port promises its adapters: one append per lane at a time, numbered from 1
 * without a hole.
 */
final class FakePointLog implements PointLog {
    /** An append under way. */
    record Pending(Lane lane, long seq, List<ShardBatch> batches, CompletableFuture<Void> done) {}

    final Queue<Pending> pending = new ArrayDeque<>();
    private final InMemoryPointLog log = new InMemoryPointLog(() -> Instant.EPOCH);
    private final Map<Lane, Long> lastSeq = new HashMap<>();
    int lanesOpened;
    int durable;

    @Override
    public Uni<Lane> openLane() {
        return log.openLane().invoke(() -> lanesOpened++);
    }

    /** Makes lanes and appends fail from now on, or succeed again. */
    void setUnreachable(boolean unreachable) {
        log.setUnreachable(unreachable);
    }

    @Override
    public Uni<Void> append(Lane lane, long seq, List<ShardBatch> batches) {
        if (pending.stream().anyMatch(other -> other.lane().equals(lane))) {
            throw new AssertionError("two appends at once on " + lane);
        }
        if (lastSeq.merge(lane, 1L, Long::sum) != seq) {
            throw new AssertionError("append " + seq + " on " + lane + " is out of turn");
        }
        Pending append = new Pending(lane, seq, batches, new CompletableFuture<>());
        pending.add(append);
        return Uni.createFrom().completionStage(append.done());
    }

    void succeedNext() {
        Pending append = pending.remove();
        log.append(append.lane(), append.seq(), append.batches())
                .invoke(() -> durable++)
                .subscribe()
                .with(append.done()::complete, append.done()::completeExceptionally);
    }

    void failNext() {
        pending.remove().done().completeExceptionally(new IllegalStateException("connection lost"));
    }

    int durablePoints() {
        return log.points();
    }
}
