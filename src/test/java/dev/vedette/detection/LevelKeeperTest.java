package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.engine.NodeRow;
import dev.vedette.series.NodeKey;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the metrics of a node stood in five minutes. */
class LevelKeeperTest {
    private static final NodeKey NODE = new NodeKey(new TenantId("acme"), "c1", "n1");
    private static final long[] MEMBERS = {7, 8, 9};

    @Test
    void meansAndRatesOfEachFiveMinutesAreToldWithTheFirstRowAfterThem() {
        LevelKeeper keeper = new LevelKeeper();
        List<NodeLevels> told = new ArrayList<>();
        for (int minute = 0; minute < 11; minute++) {
            // a gauge, a counter, and one that comes in the second five minutes only
            double late = minute < 5 ? Double.NaN : 3;
            keeper.row(NODE, MEMBERS, row(minute, minute % 2, 120 * minute, late))
                    .ifPresent(told::add);
        }
        assertEquals(2, told.size());
        NodeLevels first = told.getFirst();
        assertEquals(Instant.EPOCH, first.bucket());
        assertArrayEquals(MEMBERS, first.seriesIds());
        assertArrayEquals(new float[] {0.4f, 240, Float.NaN}, first.means());
        assertArrayEquals(new float[] {Float.NaN, Float.NaN, Float.NaN}, first.rates());
        NodeLevels second = told.getLast();
        assertEquals(Instant.EPOCH.plusSeconds(300), second.bucket());
        assertArrayEquals(new float[] {0.6f, 840, 3}, second.means());
        assertArrayEquals(new float[] {Float.NaN, 2, Float.NaN}, second.rates());
    }

    @Test
    void counterThatWasResetHasNoRate() {
        LevelKeeper keeper = new LevelKeeper();
        for (int minute = 0; minute < 5; minute++) {
            assertTrue(keeper.row(NODE, MEMBERS, row(minute, 100 * minute, 0, 0)).isEmpty());
        }
        for (int minute = 5; minute < 10; minute++) {
            keeper.row(NODE, MEMBERS, row(minute, minute, 0, 0));
        }
        NodeLevels levels = keeper.row(NODE, MEMBERS, row(10, 10, 0, 0)).orElseThrow();
        assertArrayEquals(new float[] {Float.NaN, 0, 0}, levels.rates());
    }

    private static NodeRow row(int minute, double... values) {
        NodeRow row = new NodeRow();
        row.clear(minute * 60_000L);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                row.put(i, values[i], 0, false);
            }
        }
        return row;
    }
}
