package dev.vedette.timescale;

import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.PointBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells whether this process wrote points of some series between two moments. A counter for each
 * hash of a series, half a megabyte in all: two series may share one, which only says "written" too
 * often. Thread-safe.
 */
@ApplicationScoped
class WriteMarks {
    private static final int SLOTS = 1 << 16;

    private final AtomicLongArray written = new AtomicLongArray(SLOTS);

    /** Their points were written, perhaps; called before that is acknowledged. */
    void written(List<ShardBatch> batches) {
        for (ShardBatch batch : batches) {
            PointBatch points = batch.points();
            for (long id : points.seriesIds()) {
                written.incrementAndGet(slot(id));
            }
        }
    }

    /** A number that grows whenever one of those series is written. */
    long of(Collection<Long> seriesIds) {
        long sum = 0;
        for (long id : seriesIds) {
            sum += written.get(slot(id));
        }
        return sum;
    }

    private static int slot(long id) {
        return (int) ((id * 0x9e3779b97f4a7c15L) >>> 48);
    }
}
