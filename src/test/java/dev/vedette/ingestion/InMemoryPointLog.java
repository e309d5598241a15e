package dev.vedette.ingestion;

import dev.vedette.series.PointBatch;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The log, in memory, for tests; unreachable when told to be. Keeps every row ever, so that a test
 * can judge the same points again. For several threads.
 */
public final class InMemoryPointLog implements PointLog {
    /** One row, as it was appended at that time. */
    public record Row(
            int shard,
            long lane,
            long seq,
            Instant committedAt,
            PointBatch points,
            List<SpanContext> traces) {}

    private final InstantSource clock;
    private final Map<Long, Long> lastSeqs = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Row> ever = new ArrayList<>();
    private long lanes;
    private boolean unreachable;

    /** With the clock by which rows are stamped. */
    public InMemoryPointLog(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes every call fail from now on, or succeed again. */
    public synchronized void setUnreachable(boolean unreachable) {
        this.unreachable = unreachable;
    }

    @Override
    public Uni<Lane> openLane() {
        return Uni.createFrom().item(this::open);
    }

    private synchronized Lane open() {
        requireThat(!unreachable, "told to be unreachable");
        return new Lane(++lanes);
    }

    @Override
    public Uni<Void> append(Lane lane, long seq, List<ShardBatch> batches) {
        return Uni.createFrom().voidItem().invoke(() -> commit(lane.id(), seq, batches));
    }

    private synchronized void commit(long lane, long seq, List<ShardBatch> batches) {
        requireThat(!unreachable, "told to be unreachable");
        requireThat(seq == nextSeq(lane), seq + " is not the next number of lane " + lane);
        requireThat(
                batches.stream().map(ShardBatch::shard).distinct().count() == batches.size(),
                "a shard has two rows of one number");
        lastSeqs.put(lane, seq);
        for (ShardBatch batch : batches) {
            Row row =
                    new Row(
                            batch.shard(),
                            lane,
                            seq,
                            clock.instant(),
                            batch.points(),
                            batch.traces());
            rows.add(row);
            ever.add(row);
        }
    }

    private long nextSeq(long lane) {
        return lastSeqs.getOrDefault(lane, 0L) + 1;
    }

    private static void requireThat(boolean holds, String message) {
        if (!holds) {
            throw new StorageUnavailableException(message, new IllegalStateException(message));
        }
    }

    /** Appends one row to a lane of that number, opened or not. */
    public synchronized void append(int shard, long lane, PointBatch points) {
        commit(lane, nextSeq(lane), List.of(new ShardBatch(shard, points)));
    }

    /** The shard's rows, in the order of their commits. */
    public synchronized List<Row> rows(int shard) {
        return rows.stream().filter(row -> row.shard() == shard).toList();
    }

    /** Every row ever appended to the shard, in the order of their commits. */
    public synchronized List<Row> everAppended(int shard) {
        return ever.stream().filter(row -> row.shard() == shard).toList();
    }

    /** How many points were ever appended, repeated ones counted again. */
    public synchronized int points() {
        return ever.stream().mapToInt(row -> row.points().size()).sum();
    }

    /** Drops rows of the shard. */
    public synchronized void drop(int shard, Predicate<Row> dropped) {
        rows.removeIf(row -> row.shard() == shard && dropped.test(row));
    }
}
