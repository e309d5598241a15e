package dev.vedette.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.ScoreBucket;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RollupRowsTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant BUCKET = Instant.parse("2026-01-01T00:05:00Z");

    private final RollupRows rows = new RollupRows();

    private static final Map<Long, String> NAMES = Map.of(1L, "cpu", 2L, "memory", 3L, "cpu");

    private static ScoreBucket bucket(String node, long[] ids, float[] scores) {
        boolean[] anomalous = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            anomalous[i] = scores[i] > 0.5;
        }
        return new ScoreBucket(TENANT, "c1", node, BUCKET, ids, scores, anomalous);
    }

    private static RollupStore.Row find(List<RollupStore.Row> rows, ScorePlace place) {
        return rows.stream().filter(row -> row.place().equals(place)).findFirst().orElseThrow();
    }

    @Test
    void everyPlaceGetsOneRowWithAllStrategies() {
        List<RollupStore.Row> made =
                rows.of(
                        new RollupStore.Due(
                                TENANT,
                                BUCKET,
                                List.of(
                                        bucket(
                                                "a",
                                                new long[] {1, 2},
                                                new float[] {0.875f, 0.125f}),
                                        bucket("b", new long[] {3}, new float[] {0.25f}))),
                        NAMES::get);
        assertEquals(4, made.size());
        RollupStore.Row node = find(made, ScorePlace.node("c1", "a"));
        assertEquals(ScoreLevel.NODE, node.level());
        assertEquals(0.875, node.max());
        assertEquals(0.5, node.mean());
        assertEquals(0.875, node.p95());
        assertEquals(2, node.numMetrics());
        assertEquals(1, node.numAnomalies());
        assertEquals(Optional.empty(), node.leadingNode());
        assertEquals(Optional.of("cpu"), node.leadingMetric());
        RollupStore.Row tenant = find(made, ScorePlace.TENANT);
        assertEquals(ScoreLevel.TENANT, tenant.level());
        assertEquals(Optional.of("a"), tenant.leadingNode());
        assertEquals(3, tenant.numMetrics());
    }

    @Test
    void deletedSeriesCountNoMore() {
        RollupStore.Due due =
                new RollupStore.Due(
                        TENANT,
                        BUCKET,
                        List.of(bucket("a", new long[] {1, 9}, new float[] {0.25f, 0.75f})));
        assertEquals(1, find(rows.of(due, NAMES::get), ScorePlace.TENANT).numMetrics());
        assertTrue(rows.of(due, _ -> null).isEmpty());
    }
}
