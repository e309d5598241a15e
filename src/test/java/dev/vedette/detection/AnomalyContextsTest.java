package dev.vedette.detection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vedette.detection.engine.AnomalyKind;
import dev.vedette.detection.engine.AnomalyResult;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is said to have moved with an anomaly. */
class AnomalyContextsTest {
    private static final TenantId TENANT = new TenantId("acme");
    private static final Instant START = Instant.parse("2026-03-17T09:10:00Z");

    private static final JudgedSeries NO_POINTS =
            new JudgedSeries(
                    "ensemble",
                    new long[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    new double[0],
                    List.of());

    @Test
    void whatBeganWithinTenMinutesMovedWithItUnlessItFellSilent() {
        AnomalyContexts.Context context =
                new AnomalyContexts.Context(
                        anomaly("cpu", 0, AnomalyKind.SPIKE),
                        NO_POINTS,
                        List.of(
                                anomaly("disk_io", 600, AnomalyKind.LEVEL_SHIFT),
                                anomaly("late", 601, AnomalyKind.SPIKE),
                                anomaly("silent", 0, AnomalyKind.MISSING),
                                anomaly("load", -300, AnomalyKind.SPIKE)),
                        List.of(
                                sibling("node-042", true),
                                sibling("node-043", true),
                                sibling("node-044", false),
                                sibling("node-044", false)));
        assertEquals(
                List.of("disk_io", "load"),
                context.company().metrics().stream().map(SeriesKey::metricName).toList());
        assertEquals(2, context.company().otherNodes());
        assertEquals(1, context.company().strangeNodes());
    }

    private static AnomalyContexts.Sibling sibling(String node, boolean strange) {
        return new AnomalyContexts.Sibling(
                series(node, "cpu"),
                Optional.of(anomaly("cpu", 0, AnomalyKind.SPIKE)).filter(_ -> strange));
    }

    private static Anomaly anomaly(String metric, long secondsLater, AnomalyKind kind) {
        Instant start = START.plusSeconds(secondsLater);
        AnomalyResult result =
                new AnomalyResult(
                        start, start, start, true, 0.9, kind, 0.5, 0.8, 9, 5, 4, 6, 1, Map.of());
        return new Anomaly(
                UUID.randomUUID(),
                series("node-042", metric),
                result,
                "",
                "ensemble",
                3,
                AnomalyStatus.OPEN,
                start);
    }

    private static Series series(String node, String metric) {
        return new Series(
                new SeriesId(TENANT, metric.length()),
                new SeriesKey(TENANT, "eu", node, metric, Labels.NONE),
                Optional.empty(),
                0);
    }
}
