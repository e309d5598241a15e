package dev.vedette.timescale;

import dev.vedette.scheduling.PeriodicJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Merges the parts of buckets that are over. Several processes may do it at once: each locks the
 * bucket it works on and passes over locked ones.
 */
@ApplicationScoped
public class MergeBlocksJob implements PeriodicJob {
    /** Bounds one run; what is left waits for the next. */
    private static final int TRANSACTIONS = 500;

    private final WorkerTransaction transaction;

    MergeBlocksJob(WorkerTransaction transaction) {
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return "merge-blocks";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        int left = TRANSACTIONS;
        while (left > 0 && BlockMerger.merge(transaction)) {
            left--;
        }
    }
}
