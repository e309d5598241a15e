package dev.vedette.ingestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FairQueueTest {
    private static final TenantId FLOOD = new TenantId("flood");
    private static final TenantId CALM = new TenantId("calm");

    private final FairQueue queue = new FairQueue(1L << 40, 1L << 40);

    private static CommitRequest request(TenantId tenant, int points, double weight) {
        SeriesKey key = new SeriesKey(tenant, "c", "n", "m", Labels.NONE);
        Series series = new Series(new SeriesId(tenant, 1), key, Optional.empty(), 0);
        return CommitRequest.of(
                tenant,
                List.of(new CommitRequest.Run(series, 0, points)),
                new long[points],
                new double[points],
                weight);
    }

    private List<TenantId> served(int points) {
        List<CommitRequest> taken = queue.take(points);
        queue.release(taken);
        return taken.stream().map(CommitRequest::tenant).toList();
    }

    @Test
    void aTenantWithLargeRequestsDoesNotGetMoreThanOneWithSmall() {
        for (int i = 0; i < 10; i++) {
            queue.put(request(FLOOD, 1000, 1));
        }
        for (int i = 0; i < 100; i++) {
            queue.put(request(CALM, 10, 1));
        }
        // One large one, and then all the small ones that are worth as much.
        List<TenantId> first = served(1990);
        assertEquals(1, first.stream().filter(FLOOD::equals).count());
        assertEquals(99, first.stream().filter(CALM::equals).count());
    }

    @Test
    void whoComesToABacklogIsServedNext() {
        for (int i = 0; i < 100; i++) {
            queue.put(request(FLOOD, 1000, 1));
        }
        served(20_000);
        queue.put(request(CALM, 10, 1));
        assertTrue(served(1001).contains(CALM));
    }

    @Test
    void whoSendsOneAfterAnotherSavesNothingUp() {
        queue.put(request(FLOOD, 1000, 1));
        queue.put(request(FLOOD, 1000, 1));
        // Calm for a long time, and then a backlog of its own: it gets its share, not the past's.
        for (int i = 0; i < 50; i++) {
            queue.put(request(FLOOD, 1000, 1));
            served(1000);
        }
        for (int i = 0; i < 10; i++) {
            queue.put(request(CALM, 1000, 1));
            queue.put(request(FLOOD, 1000, 1));
        }
        long calm = served(10_000).stream().filter(CALM::equals).count();
        assertTrue(calm >= 4 && calm <= 6, "of ten: " + calm);
    }

    /** Backlogged tenants get points in proportion to their weights, to within a request each. */
    @Test
    void backloggedTenantsShareByWeight() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            FairQueue fair = new FairQueue(1L << 40, 1L << 40);
            Map<TenantId, Double> weights = new HashMap<>();
            for (int t = 0; t < 4; t++) {
                weights.put(new TenantId("t" + t), 1.0 + random.nextInt(5));
            }
            List<CommitRequest> sent = new ArrayList<>();
            for (int i = 0; i < 4000; i++) {
                TenantId tenant = new TenantId("t" + random.nextInt(4));
                sent.add(
                        request(
                                tenant,
                                1 + random.nextInt(100),
                                weights.getOrDefault(tenant, 1.0)));
            }
            sent.forEach(fair::put);
            Map<TenantId, Double> got = new HashMap<>();
            fair.take(5_000)
                    .forEach(one ->
                            got.merge(one.tenant(), one.points() / one.weight(), Double::sum));
            double least = got.values().stream().mapToDouble(value -> value).min().orElseThrow();
            double most = got.values().stream().mapToDouble(value -> value).max().orElseThrow();
            // The paper's bound: a largest request of each, over its weight.
            assertTrue(most - least <= 200, "seed " + seed + ": " + got);
            assertEquals(4, got.size(), "seed " + seed);
        }
    }

    @Test
    void whatIsTakenCountsUntilItIsReleased() {
        CommitRequest one = request(CALM, 10, 1);
        queue.put(one);
        List<CommitRequest> taken = queue.take(10);
        assertEquals(0, queue.waitingPoints());
        assertEquals(one.bytes(), queue.bytes());
        queue.release(taken);
        assertEquals(0, queue.bytes());
    }
}
