package dev.vedette.ingestion;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * A log in memory whose appends the test lets succeed or fail one by one. Checks what the port
 * promises its adapters: one append per lane at a time, numbered from 1 without a hole.
 */
final class FakePointLog implements PointLog {
    /** An append under way. */
    record Pending(Lane lane, long seq, List<ShardBatch> batches, CompletableFuture<Void> done) {}

    final Queue<Pending> pending = new ArrayDeque<>();
    final List<Pending> durable = new ArrayList<>();
    final Map<Lane, Long> lastSeq = new HashMap<>();
    int lanesOpened;
    boolean unreachable;
    boolean automatic;

    @Override
    public Uni<Lane> openLane() {
        if (unreachable) {
            return Uni.createFrom()
                    .failure(new StorageUnavailableException("down", new RuntimeException()));
        }
        Lane lane = new Lane(++lanesOpened);
        lastSeq.put(lane, 0L);
        return Uni.createFrom().item(lane);
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
        if (automatic) {
            succeedNext();
        }
        return Uni.createFrom().completionStage(append.done());
    }

    void succeedNext() {
        Pending append = pending.remove();
        durable.add(append);
        append.done().complete(null);
    }

    void failNext() {
        pending.remove().done().completeExceptionally(new IllegalStateException("connection lost"));
    }

    int durablePoints() {
        return durable.stream()
                .flatMap(append -> append.batches().stream())
                .mapToInt(batch -> batch.points().size())
                .sum();
    }
}
