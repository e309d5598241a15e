package dev.vedette.timescale;

import dev.vedette.alerting.Answer;
import dev.vedette.alerting.Delivery;
import dev.vedette.alerting.DeliveryQueries;
import dev.vedette.alerting.DeliveryStore;
import dev.vedette.tracing.Traceparent;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries in the table {@code alert_delivery}. Leases run by the database's clock, which all
 * processes share; the epoch fences a process that comes back after its lease.
 */
@ApplicationScoped
class TimescaleDeliveryStore implements DeliveryStore {
    private static final String CLAIM =
            """
            WITH ready AS (
                SELECT d.tenant_id, d.id FROM alert_delivery d
                WHERE d.state = 'due' AND d.next_at <= ?
                    AND (d.leased_until IS NULL OR d.leased_until <= now())
                    AND NOT EXISTS (
                        SELECT 1 FROM alert_delivery e
                        WHERE e.tenant_id = d.tenant_id AND e.route = d.route AND e.grp = d.grp
                            AND e.channel = d.channel AND e.state = 'due' AND e.seq < d.seq)
                    AND (
                        SELECT count(*) FROM alert_delivery b
                        WHERE b.tenant_id = d.tenant_id AND b.channel = d.channel
                            AND b.state = 'due' AND b.leased_until > now()) < ?
                ORDER BY d.next_at, d.seq LIMIT ? FOR UPDATE OF d SKIP LOCKED
            ), taken AS (
                UPDATE alert_delivery d SET owner = ?, epoch = d.epoch + 1,
                    leased_until = now() + make_interval(secs => ?),
                    attempts = d.attempts + 1, first_at = coalesce(d.first_at, ?)
                FROM ready WHERE d.tenant_id = ready.tenant_id AND d.id = ready.id
                RETURNING d.*
            )
            SELECT to_jsonb(d), to_jsonb(s), (
                SELECT r.reference FROM alert_delivery r
                WHERE r.tenant_id = d.tenant_id AND r.route = d.route AND r.grp = d.grp
                    AND r.channel = d.channel AND r.reference IS NOT NULL AND r.seq < d.seq
                ORDER BY r.seq DESC LIMIT 1)
            FROM taken d
            LEFT JOIN alert_setting s ON s.tenant_id = d.tenant_id AND s.kind = 'channel'
                AND s.name = d.channel
            ORDER BY d.next_at, d.seq\
            """;

    private static final String SETTLE =
            """
            UPDATE alert_delivery SET state = ?, code = ?, said = ?, answered_at = ?,
                reference = coalesce(?, reference), next_at = coalesce(?, next_at),
                owner = NULL, leased_until = NULL
            WHERE tenant_id = ? AND id = ? AND epoch = ? AND state = 'due'\
            """;

    private static final String CHANNEL =
            """
            INSERT INTO alert_channel_state AS c
                (tenant_id, channel, delivered_at, failed_at, failures, code, said)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (tenant_id, channel) DO UPDATE SET
                delivered_at = coalesce(excluded.delivered_at, c.delivered_at),
                failed_at = coalesce(excluded.failed_at, c.failed_at),
                failures = CASE excluded.failures WHEN 0 THEN 0 ELSE c.failures + 1 END,
                code = excluded.code, said = excluded.said\
            """;

    private static final String BACKLOG =
            """
            SELECT count(*), min(planned_at), (
                SELECT min(m.marked_at) FROM alert_due m
                WHERE EXISTS (
                    SELECT 1 FROM alert_setting s
                    WHERE s.tenant_id = m.tenant_id AND s.kind = 'route')), (
                SELECT count(*) FROM alert_setting r
                WHERE r.kind = 'route' AND r.tenant_id IN (
                        SELECT tenant_id FROM alert_channel_state WHERE failures >= %1$d)
                    AND coalesce((r.document::jsonb ->> 'enabled')::boolean, true)
                    AND NOT EXISTS (
                        SELECT 1 FROM jsonb_array_elements_text(r.document::jsonb -> 'channels') AS c
                        LEFT JOIN alert_channel_state s
                            ON s.tenant_id = r.tenant_id AND s.channel = c.value
                        WHERE coalesce(s.failures, 0) < %1$d))
            FROM alert_delivery WHERE state = 'due'\
            """
                    .formatted(DeliveryQueries.Health.DEAD);

    private static final String FORGET =
            "DELETE FROM alert_delivery WHERE state <> 'due' AND planned_at < ?";
    private static final String FORGET_ALERTS =
            "DELETE FROM alert WHERE phase IN ('resolved', 'passed') AND changed_at < ?";

    private final WorkerTransaction transactions;

    TimescaleDeliveryStore(WorkerTransaction transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Claim> claim(
            String owner, Instant now, Duration lease, int most, int mostOfChannel) {
        return transactions.await(connection -> {
            List<Claim> claims = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
                new Binder(statement)
                        .set(now, mostOfChannel, most, owner, lease.toMillis() / 1e3, now);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        claims.add(claim(rows));
                    }
                }
            }
            return claims;
        });
    }

    private static Claim claim(ResultSet rows) throws SQLException {
        JsonObject row = new JsonObject(rows.getString(1));
        return new Claim(
                AlertRows.delivery(row),
                row.getLong("epoch"),
                AlertRows.instant(row, "first_at"),
                Optional.ofNullable(rows.getString(2))
                        .map(setting -> AlertRows.setting(new JsonObject(setting))),
                Optional.ofNullable(rows.getString(3)),
                Traceparent.read(row.getString("traceparent")));
    }

    @Override
    public boolean settle(Claim claim, Answer answer, Instant at, Optional<Instant> retryAt) {
        boolean isDelivered = answer instanceof Answer.Delivered;
        Delivery.State state =
                isDelivered
                        ? Delivery.State.DELIVERED
                        : retryAt.isPresent() ? Delivery.State.DUE : Delivery.State.FAILED;
        Delivery delivery = claim.delivery();
        return transactions.await(connection -> {
            boolean isOurs;
            try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
                Binder binder = new Binder(statement);
                binder.set(state.label(), answer.code(), answer.said(), at);
                binder.set(reference(answer), Rows.parameter(retryAt));
                binder.set(delivery.tenant().value(), delivery.id(), claim.epoch());
                isOurs = statement.executeUpdate() == 1;
            }
            if (isOurs) {
                noteChannel(connection, delivery, answer, at);
            }
            return isOurs;
        });
    }

    private static void noteChannel(
            Connection connection, Delivery delivery, Answer answer, Instant at)
            throws SQLException {
        boolean isDelivered = answer instanceof Answer.Delivered;
        try (PreparedStatement statement = connection.prepareStatement(CHANNEL)) {
            Binder binder = new Binder(statement);
            binder.set(delivery.tenant().value(), delivery.channel());
            binder.set(isDelivered ? at : null, isDelivered ? null : at);
            binder.set(isDelivered ? 0 : 1, answer.code(), answer.said());
            statement.executeUpdate();
        }
    }

    private static @Nullable String reference(Answer answer) {
        return answer instanceof Answer.Delivered delivered
                ? delivered.reference().orElse(null)
                : null;
    }

    @Override
    public Backlog backlog() {
        return transactions.await(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(BACKLOG)) {
                rows.next();
                return new Backlog(rows.getLong(1), time(rows, 2), time(rows, 3), rows.getLong(4));
            }
        });
    }

    private static Optional<Instant> time(ResultSet rows, int column) throws SQLException {
        return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    @Override
    public int forget(Instant before) {
        return transactions.await(connection -> {
            try (PreparedStatement alerts = connection.prepareStatement(FORGET_ALERTS);
                    PreparedStatement traces = connection.prepareStatement(AnomalyTraces.FORGET);
                    PreparedStatement deliveries = connection.prepareStatement(FORGET)) {
                new Binder(alerts).set(before);
                alerts.executeUpdate();
                traces.executeUpdate();
                new Binder(deliveries).set(before);
                return deliveries.executeUpdate();
            }
        });
    }
}
