package dev.vedette.alerting;

import dev.vedette.incident.IncidentStatus;
import dev.vedette.tenant.TenantId;
import dev.vedette.timescale.WorkerTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Incidents, routes and silences as tests want them. */
public final class AlertSamples {
    /** A Wednesday in winter. */
    public static final Instant T0 = Instant.parse("2026-11-18T10:00:00Z");

    private AlertSamples() {}

    /** An incident that was seen when it began, with a last point at that moment. */
    public static IncidentFacts incident(
            UUID id, IncidentStatus status, double score, Instant startedAt, Instant lastAt) {
        return new IncidentFacts(
                id,
                "CPU spiked on api-05",
                status,
                score,
                "metric",
                List.of("edge"),
                List.of("api-05"),
                List.of("cpu_percent"),
                Map.of("team", Set.of("payments")),
                1,
                1,
                1,
                startedAt,
                lastAt,
                startedAt,
                status == IncidentStatus.ACKNOWLEDGED ? Optional.of("ada") : Optional.empty(),
                false,
                true);
    }

    /** So many payments of an account, the last at that moment: over as all of them are. */
    public static IncidentFacts payments(UUID id, int count, Instant lastAt) {
        return new IncidentFacts(
                id,
                count + " payments of acc-1",
                IncidentStatus.RESOLVED,
                0.9,
                "transaction",
                List.of("transactions"),
                List.of("acc-1"),
                List.of("amount"),
                Map.of("merchant", Set.of("kiosk")),
                1,
                1,
                count,
                T0,
                lastAt,
                T0,
                Optional.empty(),
                false,
                true);
    }

    /** A route to one channel that tells everything. */
    public static Route route(String name, String... matchers) {
        return new Route(
                name,
                0,
                true,
                false,
                List.of(matchers).stream().map(Matcher::parse).toList(),
                List.of(name + "-channel"),
                List.of(),
                Route.Trigger.ANY,
                Duration.ofMinutes(2),
                Route.Pace.USUAL,
                Optional.empty(),
                List.of());
    }

    /** The route for what is worth telling by that trigger only. */
    public static Route triggered(Route route, Route.Trigger trigger) {
        return new Route(
                route.name(),
                route.position(),
                route.isOn(),
                route.goesOn(),
                route.matchers(),
                route.channels(),
                route.groupBy(),
                trigger,
                route.overFor(),
                route.pace(),
                route.escalation(),
                route.quiet());
    }

    /** The route with another pace. */
    public static Route paced(Route route, Route.Pace pace) {
        return new Route(
                route.name(),
                route.position(),
                route.isOn(),
                route.goesOn(),
                route.matchers(),
                route.channels(),
                route.groupBy(),
                route.trigger(),
                route.overFor(),
                pace,
                route.escalation(),
                route.quiet());
    }

    /** The route with quiet hours. */
    public static Route quiet(Route route, QuietHours hours) {
        return new Route(
                route.name(),
                route.position(),
                route.isOn(),
                route.goesOn(),
                route.matchers(),
                route.channels(),
                route.groupBy(),
                route.trigger(),
                route.overFor(),
                route.pace(),
                route.escalation(),
                List.of(hours));
    }

    /** The route with an escalation. */
    public static Route escalating(Route route, Duration after, String channel) {
        return new Route(
                route.name(),
                route.position(),
                route.isOn(),
                route.goesOn(),
                route.matchers(),
                route.channels(),
                route.groupBy(),
                route.trigger(),
                route.overFor(),
                route.pace(),
                Optional.of(new Route.Escalation(after, List.of(channel))),
                route.quiet());
    }

    /** The route with one message for all incidents of a cluster. */
    public static Route grouped(Route route) {
        return new Route(
                route.name(),
                route.position(),
                route.isOn(),
                route.goesOn(),
                route.matchers(),
                route.channels(),
                List.of(Route.GroupKey.CLUSTER),
                route.trigger(),
                route.overFor(),
                route.pace(),
                route.escalation(),
                route.quiet());
    }

    /** Stores a warning that goes on in the cluster zoo, as the incident job does. */
    static void begin(WorkerTransaction workers, TenantId tenant, UUID incident) {
        workers.await(connection -> {
            try (var insert =
                    connection.prepareStatement(
                            """
                            INSERT INTO incident (tenant_id, id, title, severity, score,
                                origin_cluster, origin_node, origin_since, origin_weight,
                                started_at, last_at, nodes, metrics, anomalies, open)
                            VALUES (?, ?, 'zebra burns', 'warning', 0.7, 'zoo', 'n1', now(), 1,
                                now(), now(), 1, 1, 1, 1)\
                            """)) {
                insert.setString(1, tenant.value());
                insert.setObject(2, incident);
                return insert.executeUpdate();
            }
        });
    }
}
