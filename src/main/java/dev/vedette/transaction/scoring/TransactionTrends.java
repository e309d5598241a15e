package dev.vedette.transaction.scoring;

import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * How decided transactions went over time. Fails with {@link
 * dev.vedette.ingestion.StorageUnavailableException} when the database cannot be reached.
 */
public interface TransactionTrends {
    /** Most transactions looked at: the newest of the range. */
    int MOST = 50_000;

    /**
     * What was decided in a range.
     *
     * @param isComplete whether these are all of the range
     * @param steps those in which there were any, in order
     * @param tenths how many there are in each tenth of the score, from 0
     * @param rules which rules fired, the busiest first
     */
    @SuppressWarnings("ArrayRecordComponent") // a column, compared nowhere
    record Trend(boolean isComplete, List<Step> steps, long[] tenths, List<Hits> rules) {}

    /**
     * A step of the range.
     *
     * @param index from 0
     * @param payments how many
     * @param flagged how many of them were not simply approved
     */
    record Step(int index, long payments, long flagged) {}

    /** How often a rule fired in a mode. */
    record Hits(String name, String mode, long count) {}

    /** The trend of a range, cut into so many steps. */
    Uni<Trend> read(TenantId tenant, TimeRange range, int steps);
}
