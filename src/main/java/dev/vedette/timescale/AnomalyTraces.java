package dev.vedette.timescale;

import dev.vedette.detection.Anomaly;
import dev.vedette.detection.TickResult;
import dev.vedette.tenant.TenantId;
import dev.vedette.tracing.Traceparent;
import io.opentelemetry.api.trace.SpanContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Which trace an anomaly goes on with, of recorded requests only: the messages about its incident
 * are sent under it.
 */
final class AnomalyTraces {
    /**
     * Of an incident's anomalies the place that was noted last; of the tenant, and the incident.
     * What was noted longer ago is over: a reminder after hours begins nothing in an old trace.
     */
    static final String NEWEST =
            """
            (SELECT t.traceparent FROM incident_member m
            JOIN anomaly_trace t ON t.tenant_id = m.tenant_id AND t.anomaly_id = m.anomaly_id
            WHERE m.tenant_id = ? AND m.incident_id = ? AND t.noted_at > now() - interval '1 hour'
            ORDER BY t.noted_at DESC LIMIT 1)\
            """;

    /** Forgets those that nobody asks for any more. */
    static final String FORGET =
            "DELETE FROM anomaly_trace WHERE noted_at < now() - interval '1 day'";

    private static final String NOTE =
            """
            INSERT INTO anomaly_trace AS a (tenant_id, anomaly_id, traceparent) VALUES (?, ?, ?)
            ON CONFLICT (tenant_id, anomaly_id) DO UPDATE
            SET traceparent = excluded.traceparent, noted_at = excluded.noted_at\
            """;

    private AnomalyTraces() {}

    /**
     * Where a trace goes on.
     *
     * @param tenant whose anomaly
     * @param anomaly its id
     * @param at the place
     */
    record Place(TenantId tenant, UUID anomaly, SpanContext at) {}

    /** Notes them; of two of one anomaly the later in the list counts. */
    static void note(Connection connection, List<Place> places) throws SQLException {
        if (places.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            for (Place one : places) {
                String trace = Traceparent.text(one.at());
                new Binder(statement).set(one.tenant().value(), one.anomaly(), trace);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Those of a tick. */
    static List<Place> of(TickResult tick) {
        return tick.traces().isEmpty()
                ? List.of()
                : tick.anomalies().stream()
                        .filter(one -> tick.traces().containsKey(one.id()))
                        .map(one -> place(one, tick.traces()))
                        .toList();
    }

    private static Place place(Anomaly of, Map<UUID, SpanContext> traces) {
        return new Place(of.place().tenant(), of.id(), Objects.requireNonNull(traces.get(of.id())));
    }
}
