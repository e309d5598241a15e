package dev.vedette.timescale;

import dev.vedette.alerting.Alert;
import dev.vedette.alerting.AlertPlans;
import dev.vedette.alerting.Delivery;
import dev.vedette.alerting.Message;
import dev.vedette.alerting.NotificationEvent;
import dev.vedette.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes what was decided: alerts, and the messages that are to be sent. */
final class AlertWriter {
    private static final String ALERT =
            """
            INSERT INTO alert (tenant_id, route, grp, is_grouped, incidents, phase, revision, since,
                opened_at, loud_at, told_at, over_at, is_escalated, told, held, look_at)
            SELECT tenant_id, route, grp, is_grouped, incidents, phase, revision, since,
                opened_at, loud_at, told_at, over_at, is_escalated, told, held, look_at
            FROM jsonb_populate_record(NULL::alert, ?::jsonb)
            ON CONFLICT (tenant_id, route, grp) DO UPDATE SET
                incidents = excluded.incidents, phase = excluded.phase,
                revision = excluded.revision, since = excluded.since,
                opened_at = excluded.opened_at, loud_at = excluded.loud_at,
                told_at = excluded.told_at, over_at = excluded.over_at,
                is_escalated = excluded.is_escalated, told = excluded.told, held = excluded.held,
                look_at = excluded.look_at, changed_at = now()\
            """;

    private static final String DELIVERY =
            """
            INSERT INTO alert_delivery (tenant_id, id, route, grp, channel, incident_id, event,
                revision, facts, planned_at, state, next_at, traceparent)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, 'due', ?, %s)
            ON CONFLICT (tenant_id, id) DO NOTHING\
            """
                    .formatted(AnomalyTraces.NEWEST);

    // What nobody was told yet and says less than what comes now.
    private static final String SUPERSEDE =
            """
            UPDATE alert_delivery SET state = 'superseded'
            WHERE tenant_id = ? AND route = ? AND grp = ? AND channel = ? AND state = 'due'
                AND event = 'updated' AND (leased_until IS NULL OR leased_until < now())\
            """;

    private AlertWriter() {}

    /** Writes the decisions about one tenant. */
    static void write(Connection connection, TenantId tenant, AlertPlans.Decisions decisions)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALERT)) {
            for (Alert alert : decisions.alerts()) {
                new Binder(statement).set(AlertRows.json(tenant, alert).encode());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (PreparedStatement supersede = connection.prepareStatement(SUPERSEDE);
                PreparedStatement insert = connection.prepareStatement(DELIVERY)) {
            for (Message message : decisions.messages()) {
                for (String channel : message.channels()) {
                    if (message.event() != NotificationEvent.OPENED) {
                        new Binder(supersede)
                                .set(tenant.value(), message.route(), message.group(), channel);
                        supersede.addBatch();
                    }
                    bind(new Binder(insert), tenant, message, channel);
                    insert.addBatch();
                }
            }
            supersede.executeBatch();
            insert.executeBatch();
        }
    }

    private static void bind(Binder to, TenantId tenant, Message message, String channel)
            throws SQLException {
        to.set(tenant.value(), Delivery.idOf(tenant, message, channel));
        to.set(message.route(), message.group(), channel, message.incident());
        to.set(message.event().label(), message.revision());
        to.set(AlertRows.json(message.facts()).encode());
        to.set(message.at(), message.at());
        to.set(tenant.value(), message.incident());
    }
}
