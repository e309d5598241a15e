package dev.vedette.alerting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.JudgedSeries;
import dev.vedette.explanation.ValueLimits;
import dev.vedette.incident.Incident;
import dev.vedette.incident.IncidentAction;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessageChartsTest {
    private static final Delivery MESSAGE =
            new Delivery(
                    new TenantId("acme"),
                    new UUID(0, 1),
                    1,
                    "all",
                    "g",
                    "mail",
                    new UUID(0, 2),
                    NotificationEvent.OPENED,
                    1,
                    AlertWords.facts(
                            NotificationEvent.OPENED,
                            List.of(
                                    AlertSamples.incident(
                                            new UUID(0, 2),
                                            IncidentStatus.OPEN,
                                            0.9,
                                            AlertSamples.T0,
                                            AlertSamples.T0)),
                            Alert.of("all", "g", new UUID(0, 2), AlertSamples.T0)),
                    AlertSamples.T0,
                    Delivery.State.DUE,
                    1,
                    AlertSamples.T0,
                    Optional.empty());

    /** Incidents that are found so. */
    private record Found(Uni<Optional<Detail>> incident) implements IncidentQueries {
        @Override
        public Uni<Optional<Detail>> find(TenantId tenant, UUID id) {
            return incident;
        }

        @Override
        public Uni<List<Incident>> list(
                TenantId tenant,
                IncidentQueries.Filter filter,
                Optional<IncidentQueries.Position> after,
                int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<Incident>> act(TenantId tenant, UUID id, IncidentAction action) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoAnomalies implements AnomalyQueries {
        @Override
        public Uni<List<Anomaly>> list(
                TenantId tenant,
                AnomalyQueries.Filter filter,
                Optional<AnomalyQueries.Position> after,
                int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<AnomalyQueries.Begun>> begun(
                TenantId tenant, AnomalyQueries.Filter filter, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Map<UUID, UUID>> incidentsOf(TenantId tenant, Collection<UUID> anomalies) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<Anomaly>> find(TenantId tenant, UUID id) {
            return Uni.createFrom().item(Optional.empty());
        }
    }

    private static Optional<Notification.Chart> chart(
            Uni<Optional<IncidentQueries.Detail>> incident) {
        MessageCharts charts =
                new MessageCharts(
                        new Found(incident),
                        new NoAnomalies(),
                        (tenant, series, range, most) -> Uni.createFrom().nothing(),
                        Duration.ofMillis(50));
        return charts.of(MESSAGE);
    }

    @Test
    void messageGoesWithoutAChartWhenTheDatabaseFails() {
        assertEquals(
                Optional.empty(),
                chart(Uni.createFrom().failure(new IllegalStateException("down"))));
    }

    @Test
    void messageGoesWithoutAChartWhenTheDatabaseDoesNotAnswer() {
        assertEquals(Optional.empty(), chart(Uni.createFrom().nothing()));
    }

    @Test
    void messageGoesWithoutAChartWhenTheIncidentIsGone() {
        assertEquals(Optional.empty(), chart(Uni.createFrom().item(Optional.empty())));
    }

    @Test
    void whatIsFarthestFromTheExpectedStaysInTheChart() {
        int size = 5_000;
        long[] times = new long[size];
        Arrays.setAll(times, i -> AlertSamples.T0.toEpochMilli() + 60_000L * i);
        double[] values = new double[size];
        values[1_234] = 9;
        values[4_321] = -9;
        double[] zeros = new double[size];
        double[] lower = new double[size];
        Arrays.fill(lower, -2.5);
        JudgedSeries judged =
                new JudgedSeries("e", times, values, zeros, lower, zeros, zeros, zeros, List.of());
        List<Notification.ChartPoint> points =
                MessageCharts.thinned(judged, ValueLimits.of(Optional.of("count")));
        assertEquals(400, points.size());
        assertTrue(points.stream().anyMatch(point -> point.value() == 9));
        assertTrue(points.stream().anyMatch(point -> point.value() == -9));
        List<Instant> at = points.stream().map(Notification.ChartPoint::at).toList();
        assertEquals(at.stream().sorted().distinct().toList(), at);
        assertTrue(points.stream().allMatch(point -> point.lower() == 0), "a count below zero");
    }
}
