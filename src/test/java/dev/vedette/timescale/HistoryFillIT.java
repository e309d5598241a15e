package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.aggregation.AggregationStrategy;
import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalyStatus;
import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.series.SeriesKey;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the bench of the dashboard measures on is what the service would have stored. */
final class HistoryFillIT {
    private static final TestDatabase DATABASE = TestDatabase.embedded();
    private static final TenantId ACME = new TenantId("acme");
    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final int NODES = 6;
    private static final int METRICS = 2;

    @BeforeAll
    static void fill() {
        try (StorageFill series = new StorageFill(DATABASE.owner(), ACME);
                HistoryFill fill = new HistoryFill(DATABASE.owner(), ACME)) {
            List<SeriesKey> keys = new ArrayList<>();
            for (int i = 0; i < NODES * METRICS; i++) {
                int node = i / METRICS;
                keys.add(series.key("cluster-" + node % 2, "node-" + node, "metric-" + i % 2));
            }
            series.series(keys);
            fill.scores(2, NODES, METRICS, NOW.minus(Duration.ofHours(2)), NOW);
            fill.anomalies(500, 7, keys.size(), Duration.ofDays(5), NOW);
        }
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void everyNodeHasAScoreAtEveryLevelAndStep() {
        ScoreQueries scores = new TimescaleScoreQueries(DATABASE.tenants());
        for (ScoreLevel level : ScoreLevel.values()) {
            List<ScoreQueries.Lane> lanes =
                    await(scores.lanes(ACME, question(level), Duration.ofMinutes(5), 100));
            int places =
                    switch (level) {
                        case METRIC -> NODES * METRICS;
                        case NODE -> NODES;
                        case CLUSTER -> 2;
                        case TENANT -> 1;
                        case MERCHANT, SOURCE -> 0;
                    };
            assertEquals(places, lanes.size(), level.toString());
            lanes.forEach(lane -> {
                assertEquals(24, lane.scores().length);
                for (float score : lane.scores()) {
                    assertTrue(score > 0 && score <= 1, lane.toString());
                }
            });
        }
    }

    @Test
    void openAnomaliesAreTheNewestAndBelongToOpenIncidents() {
        AnomalyQueries anomalies = new TimescaleAnomalyQueries(DATABASE.tenants());
        List<Anomaly> all = await(anomalies.list(ACME, filter(null), Optional.empty(), 1000));
        List<Anomaly> open =
                await(anomalies.list(ACME, filter(AnomalyStatus.OPEN), Optional.empty(), 1000));
        assertEquals(500, all.size());
        assertEquals(all.subList(0, 7), open);
        IncidentQueries incidents = new TimescaleIncidentQueries(DATABASE.tenants());
        IncidentQueries.Filter begun =
                new IncidentQueries.Filter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        Set.of(IncidentStatus.OPEN));
        List<Incident> going = await(incidents.list(ACME, begun, Optional.empty(), 100));
        assertEquals(7, going.stream().mapToInt(Incident::open).sum());
    }

    private static AnomalyQueries.Filter filter(
            @org.jspecify.annotations.Nullable AnomalyStatus status) {
        return new AnomalyQueries.Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.ofNullable(status),
                Optional.empty());
    }

    private static ScoreQueries.Question question(ScoreLevel level) {
        return new ScoreQueries.Question(
                level,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                AggregationStrategy.MAX,
                new TimeRange(NOW.minus(Duration.ofHours(2)), NOW));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
