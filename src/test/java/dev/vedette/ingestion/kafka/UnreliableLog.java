package dev.vedette.ingestion.kafka;

import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.ingestion.StorageUnavailableException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A log that fails now and then, before or after it stored what it was given. Thread-safe. */
final class UnreliableLog implements BrokerLog {
    private final BrokerLog log;
    private final Random random;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile double failing;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    UnreliableLog(BrokerLog log, long seed) {
        this.log = log;
        this.random = new Random(seed);
    }

    /** From now on so many of its answers are failures, half of them after the fact. */
    void fail(double share) {
        failing = share;
    }

    /** Appends wait until that is complete. */
    void holdUntil(CompletableFuture<Void> opened) {
        gate = opened;
    }

    /** How many appends have met a closed gate. */
    int waiting() {
        return waiting.get();
    }

    @Override
    public Uni<Map<Partition, Long>> claim(String group, Map<Partition, Long> starts) {
        return fails() ? failure() : log.claim(group, starts);
    }

    @Override
    public Uni<Void> append(
            Lane lane, long seq, List<ShardBatch> batches, String group, List<Move> moves) {
        if (fails()) {
            return failure();
        }
        if (!gate.isDone()) {
            waiting.incrementAndGet();
        }
        Uni<Void> appended =
                Uni.createFrom()
                        .completionStage(gate)
                        .chain(() -> log.append(lane, seq, batches, group, moves));
        return fails() ? appended.chain(() -> failure()) : appended;
    }

    private synchronized boolean fails() {
        return random.nextDouble() < failing / 2;
    }

    private static <T> Uni<T> failure() {
        return Uni.createFrom()
                .failure(
                        new StorageUnavailableException(
                                "as the test wants", new IllegalStateException()));
    }
}
