package dev.vedette.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeriesTableTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isAMapWhateverIsPutInAndTakenOut(long seed) {
        Random random = new Random(seed);
        SeriesTable<Long> table = new SeriesTable<>();
        Map<Long, Long> map = new TreeMap<>();
        for (int step = 0; step < 20_000; step++) {
            long id = 1L + random.nextInt(2_000);
            if (random.nextInt(3) > 0) {
                table.put(id, id * step);
                map.put(id, id * step);
            } else {
                table.remove(id);
                map.remove(id);
            }
            if (step % 5_000 == 4_999) {
                long over = random.nextLong(1_000_000);
                table.removeIf(value -> value % 7 == over % 7);
                map.values().removeIf(value -> value % 7 == over % 7);
            }
            assertEquals(map.get(id), table.get(id), () -> "seed " + seed);
        }
        assertEquals(map.size(), table.size(), () -> "seed " + seed);
        assertEquals(List.copyOf(map.values()), table.values(), () -> "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void numberThatNoSeriesHasIsRefused(long id) {
        SeriesTable<String> table = new SeriesTable<>();
        assertThrows(IllegalArgumentException.class, () -> table.put(id, "a"));
        assertNull(table.get(id));
    }
}
