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
                                        bucket("b", new long[] {3}, new float[] {0.25f})),
                                List.of(),
                                List.of()),
                        NAMES::get);
        assertEquals(5, made.size(), "two nodes, their cluster, the tenant, the metrics of it");
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
                        List.of(bucket("a", new long[] {1, 9}, new float[] {0.25f, 0.75f})),
                        List.of(),
                        List.of());
        assertEquals(1, find(rows.of(due, NAMES::get), ScorePlace.TENANT).numMetrics());
        assertTrue(rows.of(due, _ -> null).isEmpty());
    }

    @Test
    void paymentsOfAnAccountRollUpToAllPaymentsAndTheTenant() {
        RollupStore.Due due =
                new RollupStore.Due(
                        TENANT,
                        BUCKET,
                        List.of(bucket("a", new long[] {1}, new float[] {0.25f})),
                        List.of(
                                new RollupStore.PaymentScore("acc-1", 0.75, 2),
                                new RollupStore.PaymentScore("acc-2", 0.25, 0)),
                        List.of(
                                new RollupStore.PaymentScore("kiosk", 0.75, 1),
                                new RollupStore.PaymentScore("cafe", 0.25, 0)));
        List<RollupStore.Row> made = rows.of(due, NAMES::get);
        assertEquals(
                List.of(
                        "node c1/a 0.25",
                        "node transactions/acc-1 0.75",
                        "merchant transactions/kiosk 0.75",
                        "cluster c1/ 0.25",
                        "cluster transactions/ 0.5",
                        "tenant / 0.375",
                        "source metric/ 0.25",
                        "source transaction/ 0.5"),
                made.stream()
                        .map(row ->
                                row.level().label()
                                        + " "
                                        + row.place().clusterId().orElse("")
                                        + "/"
                                        + row.place().nodeId().orElse("")
                                        + " "
                                        + row.mean())
                        .toList());
        RollupStore.Row payments = find(made, ScorePlace.cluster("transactions"));
        assertEquals(2, payments.numMetrics());
        assertEquals(2, payments.numAnomalies());
        assertEquals(Optional.of("acc-1"), payments.leadingNode());
    }

    @Test
    void clusterThatATenantNamedLikeThePaymentsKeepsItsNode() {
        ScoreBucket node =
                new ScoreBucket(
                        TENANT,
                        "transactions",
                        "acc-1",
                        BUCKET,
                        new long[] {1},
                        new float[] {0.25f},
                        new boolean[] {false});
        RollupStore.Due due =
                new RollupStore.Due(
                        TENANT,
                        BUCKET,
                        List.of(node),
                        List.of(new RollupStore.PaymentScore("acc-1", 0.75, 1)),
                        List.of());
        List<RollupStore.Row> made = rows.of(due, NAMES::get);
        assertEquals(1, made.stream().filter(row -> row.level() == ScoreLevel.NODE).count());
    }
}
