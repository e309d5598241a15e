package dev.vedette.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesKeyTest {
    private static final TenantId ACME = new TenantId("acme");

    private static SeriesKey key(String cluster, String node, String metric) {
        return new SeriesKey(ACME, cluster, node, metric, Labels.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000b"})
    void namesMustBeNamesAndTheMessageSaysWhich(String name) {
        assertRefused("cluster_id", () -> key(name, "n", "m"));
        assertRefused("node_id", () -> key("c", name, "m"));
        assertRefused("metric_name", () -> key("c", "n", name));
    }

    @Test
    void longestNameFitsAndOneMoreDoesNot() {
        String longest = "x".repeat(SeriesKey.MAX_LENGTH);
        assertEquals(longest, key(longest, "n", "m").clusterId());
        assertRefused("256", () -> key(longest + "x", "n", "m"));
    }

    private static void assertRefused(String part, org.junit.jupiter.api.function.Executable call) {
        String message =
                Objects.toString(assertThrows(IllegalArgumentException.class, call).getMessage());
        assertTrue(message.contains(part), message);
        assertFalse(message.contains("\n"), message);
    }

    @Test
    void labelsAreEqualInWhateverOrderTheyCome() {
        Labels one = Labels.of(Map.of("a", "1", "b", "2"));
        assertEquals(one, Labels.of(new HashMap<>(Map.of("b", "2", "a", "1"))));
        assertEquals("a", one.pairs().firstKey());
        assertSame(Labels.NONE, Labels.of(Map.of()));
    }

    @Test
    void labelsAreCapped() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < Labels.MAX_COUNT; i++) {
            many.put("label" + i, "v");
        }
        assertEquals(Labels.MAX_COUNT, Labels.of(many).pairs().size());
        many.put("one", "more");
        assertRefused("33", () -> Labels.of(many));
        String tooLong = "x".repeat(Labels.MAX_LENGTH + 1);
        assertRefused("label name", () -> Labels.of(Map.of(" ", "v")));
        assertRefused("label name", () -> Labels.of(Map.of(tooLong, "v")));
        assertRefused("label name", () -> Labels.of(Map.of("name", tooLong)));
    }

    @Test
    void idsStartAboveZero() {
        assertEquals(1, new SeriesId(ACME, 1).value());
        assertRefused("0", () -> new SeriesId(ACME, 0));
    }

    @Test
    void seriesOfANodeShareAShardAndNodesSpreadOverAll() {
        int[] nodes = new int[Shards.COUNT];
        for (int i = 0; i < 1600; i++) {
            int shard = Shards.of(key("eu", "node-" + i, "cpu_usage"));
            assertEquals(shard, Shards.of(key("eu", "node-" + i, "memory_used")));
            nodes[shard]++;
        }
        assertTrue(Arrays.stream(nodes).allMatch(n -> n > 50 && n < 160), Arrays.toString(nodes));
    }

    @Test
    void shardOfANodeNeverChanges() {
        assertEquals(
                List.of(4, 3, 12),
                List.of(
                        Shards.of(key("eu", "api-01", "m")),
                        Shards.of(key("eu", "api-02", "m")),
                        Shards.of(key("us", "api-01", "m"))));
    }

    @Test
    void timeRangeIsHalfOpen() {
        Instant noon = Instant.parse("2026-11-18T12:00:00Z");
        TimeRange hour = new TimeRange(noon, noon.plus(Duration.ofHours(1)));
        assertTrue(hour.contains(noon));
        assertFalse(hour.contains(hour.to()));
        assertFalse(hour.contains(noon.minusMillis(1)));
        assertEquals(Duration.ofHours(1), hour.duration());
        assertEquals(Duration.ZERO, new TimeRange(noon, noon).duration());
        assertRefused("2026-11-18T12:00:00Z", () -> new TimeRange(noon, noon.minusMillis(1)));
    }
}
