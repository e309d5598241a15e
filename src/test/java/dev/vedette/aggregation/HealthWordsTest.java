package dev.vedette.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.aggregation.HealthWords.ClusterState;
import dev.vedette.aggregation.HealthWords.Finding;
import dev.vedette.aggregation.HealthWords.TenantState;
import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.explanation.Phrases;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HealthWordsTest {
    private static final Instant NOW = Instant.parse("2026-11-18T11:58:00Z");
    private final HealthWords words = new HealthWords(Phrases.ENGLISH, ZoneId.of("UTC"));

    private String cluster(int nodes, int strange, Finding finding) {
        return words.cluster(
                new ClusterState(nodes, strange, Optional.of(finding), 8, 8, Optional.empty()),
                NOW);
    }

    @Test
    void clusterSaysWhatIsStrangestAndHowFarItSpread() {
        assertEquals(
                "Memory on node-042 climbing; 3 of 40 nodes",
                cluster(40, 3, new Finding(AnomalyKind.TREND, "memory", "node-042", true)));
        assertEquals(
                "p99 latency on gw-03 stepped down; 1 of 1 node",
                cluster(1, 0, new Finding(AnomalyKind.LEVEL_SHIFT, "p99_latency", "gw-03", false)));
    }

    @ParameterizedTest
    @EnumSource
    void everyKindHasWords(AnomalyKind kind) {
        for (boolean upwards : new boolean[] {true, false}) {
            assertFalse(cluster(4, 2, new Finding(kind, "cpu", "a", upwards)).contains("{"));
        }
    }

    @Test
    void clusterWithoutFindingSaysWhy() {
        Optional<Finding> none = Optional.empty();
        Optional<Instant> heard = Optional.empty();
        assertEquals("No data yet", words.cluster(new ClusterState(0, 0, none, 0, 0, heard), NOW));
        assertEquals(
                "Learning; 0 of 160 series ready",
                words.cluster(new ClusterState(20, 0, none, 160, 0, heard), NOW));
        assertEquals(
                "Nothing strange; 20 nodes",
                words.cluster(new ClusterState(20, 0, none, 160, 150, heard), NOW));
        assertEquals(
                "Nothing strange; 1 node",
                words.cluster(new ClusterState(1, 0, none, 160, 150, heard), NOW));
        assertEquals(
                "Silent since 17 Nov 23:02",
                words.cluster(
                        new ClusterState(
                                20,
                                0,
                                none,
                                160,
                                150,
                                Optional.of(Instant.parse("2026-11-17T23:02:00Z"))),
                        NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "1, One thing is wrong.",
        "2, Two things are wrong.",
        "9, Nine things are wrong.",
        "10, 10 things are wrong.",
        "1200, 1 200 things are wrong.",
    })
    void headlineCountsWhatIsWrong(int things, String headline) {
        assertEquals(
                headline,
                words.headline(new TenantState(things, 960, Optional.empty()), NOW)
                        .replace('\u202f', ' '));
    }

    @Test
    void headlineOfACalmTenantSaysWhenTheLastAlarmWas() {
        Optional<Instant> last = Optional.of(Instant.parse("2026-11-17T20:15:00Z"));
        assertEquals(
                "Nothing is strange. 960 series watched, the last alarm was yesterday at 20:15.",
                words.headline(new TenantState(0, 960, last), NOW));
        assertEquals(
                "Nothing is strange. 1 680 series watched, no alarm so far.",
                words.headline(new TenantState(0, 1680, Optional.empty()), NOW)
                        .replace('\u202f', ' '));
        assertEquals(
                "Nothing is strange. One series watched, no alarm so far.",
                words.headline(new TenantState(0, 1, Optional.empty()), NOW));
        assertEquals(
                "Nothing is watched yet. The first points appear here seconds after they are sent.",
                words.headline(new TenantState(0, 0, Optional.empty()), NOW));
    }

    @Test
    void impossibleCountsAreRefused() {
        Optional<Finding> none = Optional.empty();
        Optional<Instant> heard = Optional.empty();
        assertThrows(
                IllegalArgumentException.class, () -> new ClusterState(2, 3, none, 0, 0, heard));
        assertThrows(
                IllegalArgumentException.class, () -> new ClusterState(2, 1, none, 3, -1, heard));
        assertThrows(IllegalArgumentException.class, () -> new TenantState(-1, 0, heard));
        assertThrows(IllegalArgumentException.class, () -> new TenantState(0, -1, heard));
    }
}
