package dev.vedette.transaction.scoring;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of a shard's tenants, one after the other and slice by slice: payments that come
 * meanwhile wait for one slice, which takes about a millisecond, and not for all accounts. For the
 * desk's thread.
 */
final class SnapshotTaker {
    /** Between slices while no payment comes, so that other desks have the processor as well. */
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final ShardJudge judge;
    private final SnapshotKeeper keeper;
    private final InstantSource clock;
    private @Nullable UnderWay underWay;

    private record UnderWay(TenantState of, TenantSnapshot snapshot) {}

    SnapshotTaker(ShardJudge judge, SnapshotKeeper keeper, InstantSource clock) {
        this.judge = judge;
        this.keeper = keeper;
        this.clock = clock;
    }

    /** How long the desk may wait for payments, that long at most, before there is work again. */
    Duration patience(Duration most) {
        return underWay == null || most.compareTo(PAUSE) < 0 ? most : PAUSE;
    }

    /**
     * Begins a snapshot if one is due and no other is under way in this process, or writes the next
     * slice of the one that it began.
     *
     * @param seq number of the last decision, which is stored
     */
    void work(long seq) {
        UnderWay now = underWay;
        if (now == null) {
            begin(seq);
        } else if (!judge.goesOnWith(now.of)) {
            drop();
        } else if (!now.snapshot.write()) {
            underWay = null;
            keeper.keep(now.snapshot);
        }
    }

    private void begin(long seq) {
        TenantState due = judge.snapshotDue().orElse(null);
        if (due == null || !keeper.reserve()) {
            return;
        }
        try {
            underWay = new UnderWay(due, due.snapshot(seq, clock.instant()));
        } finally {
            if (underWay == null) {
                keeper.free();
            }
        }
    }

    /** Lets go of what is under way; the next comes within minutes. */
    void drop() {
        if (underWay != null) {
            underWay = null;
            keeper.free();
        }
    }
}
