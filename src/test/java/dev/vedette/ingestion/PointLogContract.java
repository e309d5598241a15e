package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.series.PointBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link PointLog} holds. */
public abstract class PointLogContract {
    /** The log under test. */
    protected abstract PointLog log();

    /** The rows of that lane in that shard, by number. */
    protected abstract List<PointBatch> rows(int shard, Lane lane);

    @Test
    void eachLaneIsNew() {
        assertNotEquals(open(), open());
    }

    @Test
    void rowsAreThereOnceAppended() {
        Lane lane = open();
        append(lane, 1, new ShardBatch(2, batch(1)), new ShardBatch(5, batch(2)));
        append(lane, 2, new ShardBatch(2, batch(3)));
        assertEquals(List.of(batch(1), batch(3)), rows(2, lane));
        assertEquals(List.of(batch(2)), rows(5, lane));
    }

    @Test
    void lanesOfOneProcessMayAppendSideBySide() {
        Lane one = open();
        Lane two = open();
        io.smallrye.mutiny.Uni.join()
                .all(
                        log().append(one, 1, List.of(new ShardBatch(0, batch(1)))),
                        log().append(two, 1, List.of(new ShardBatch(0, batch(2)))))
                .andFailFast()
                .await()
                .indefinitely();
        assertEquals(List.of(batch(1)), rows(0, one));
        assertEquals(List.of(batch(2)), rows(0, two));
    }

    @Test
    void sameNumberTwiceInALaneIsRefusedWhole() {
        Lane lane = open();
        ShardBatch fitting = new ShardBatch(6, batch(0));
        ShardBatch once = new ShardBatch(7, batch(1));
        ShardBatch again = new ShardBatch(7, batch(2));
        assertThrows(
                StorageUnavailableException.class, () -> append(lane, 1, fitting, once, again));
        assertEquals(List.of(), rows(6, lane));
        assertEquals(List.of(), rows(7, lane));
        append(lane, 1, once);
        assertThrows(StorageUnavailableException.class, () -> append(lane, 1, fitting, again));
        assertEquals(List.of(), rows(6, lane));
        assertEquals(List.of(batch(1)), rows(7, lane));
    }

    private Lane open() {
        return log().openLane().await().indefinitely();
    }

    private void append(Lane lane, long seq, ShardBatch... batches) {
        log().append(lane, seq, List.of(batches)).await().indefinitely();
    }

    /** Two runs of series whose ids tell the batch apart. */
    protected static PointBatch batch(long id) {
        return new PointBatch(
                new long[] {id, id + 1},
                new int[] {2, 3},
                new long[] {1000, 2000, 1000},
                new double[] {0.5, -1, 1e300});
    }
}
