package dev.vedette.ingestion;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A place for one lane and its counter. Opens the lane when there is none. Used by one append at a
 * time; {@link GroupCommit}'s lock orders one append before the next.
 */
final class LaneSlot {
    private Optional<Lane> lane = Optional.empty();
    private long lastSeq;

    /** Appends the batches as one transaction with the lane's next number. */
    Uni<Void> append(PointLog log, List<ShardBatch> batches) {
        return append(log, (open, seq) -> log.append(open, seq, batches));
    }

    /** Appends in that way, with the lane's next number. */
    Uni<Void> append(PointLog log, BiFunction<Lane, Long, Uni<Void>> appending) {
        return lane.map(open -> Uni.createFrom().item(open))
                .orElseGet(() -> log.openLane().invoke(this::open))
                .chain(open -> appending.apply(open, ++lastSeq));
    }

    private void open(Lane opened) {
        lane = Optional.of(opened);
        lastSeq = 0;
    }

    /** Gives the lane up; the next append opens a new one. */
    void abandon() {
        lane = Optional.empty();
    }
}
