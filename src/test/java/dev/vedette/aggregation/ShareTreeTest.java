package dev.vedette.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.aggregation.WindowRanking.Moved;
import dev.vedette.series.Labels;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShareTreeTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void clustersHoldTheirNodesAndTheirMetricsTheLargestShareFirst() {
        List<ShareTree.Branch> tree =
                ShareTree.of(
                        List.of(
                                moved("eu", "n1", "cpu", 0.4, 0.45, 0.6),
                                moved("us", "n9", "cpu", 0.4, 0.4, 0.4),
                                moved("eu", "n2", "disk", 0.15, 0.15, 0.6),
                                moved("eu", "n1", "memory", 0.05, 0.45, 0.6),
                                moved("eu", "n3", "quiet", 0, 0, 0.6)),
                        2);
        assertEquals(List.of("eu", "us"), names(tree));
        assertEquals(0.6, tree.getFirst().share());
        assertEquals(List.of("n1", "n2"), names(tree.getFirst().parts()));
        assertEquals(List.of("cpu", "memory"), names(tree.getFirst().parts().getFirst().parts()));
        assertEquals(List.of(), ShareTree.of(List.of(), 2));
    }

    @Test
    void windowIsComparedWithFourTimesAsLongAnHourToADay() {
        assertEquals(Duration.ofHours(1), before(Duration.ofMinutes(5)));
        assertEquals(Duration.ofHours(4), before(Duration.ofHours(1)));
        assertEquals(Duration.ofDays(1), before(Duration.ofDays(3)));
    }

    private static Duration before(Duration window) {
        WindowRanking.Question question =
                WindowRanking.Question.of(new TimeRange(T0, T0.plus(window)), Optional.empty());
        assertEquals(question.window().from(), question.before().to());
        return question.before().duration();
    }

    private static List<String> names(List<ShareTree.Branch> branches) {
        return branches.stream().map(ShareTree.Branch::name).toList();
    }

    private static Moved moved(
            String cluster, String node, String metric, double share, double ofNode, double of) {
        return new Moved(
                new SeriesId(TENANT, 1),
                new SeriesKey(TENANT, cluster, node, metric, Labels.NONE),
                0.9,
                T0,
                share,
                0,
                share,
                ofNode,
                of);
    }
}
