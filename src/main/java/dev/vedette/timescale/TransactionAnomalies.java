package dev.vedette.timescale;

import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.scoring.JudgedTransaction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The anomaly record of a transaction that was not simply approved: in the table of all anomalies,
 * with {@code source = 'transaction'}, the account as its node and {@value #CLUSTER} as its
 * cluster.
 */
final class TransactionAnomalies {
    /** The cluster of all accounts. */
    static final String CLUSTER = "transactions";

    private static final String INSERT =
            """
            INSERT INTO anomaly (tenant_id, id, source, cluster_id, node_id, metric_name, labels,
                unit, shard, window_start, window_end, peak_at, is_open, points, anomaly_score,
                anomaly_label, kind, magnitude, confidence, severity, explanation, observed,
                expected, lower, upper, evidence, engine, engine_version, status, created_at)
            SELECT tenant_id, id, 'transaction', '%s', account_id, 'amount', labels, currency, ?,
                time, time, time, false, 1, score, 'spike', 'spike', score, score, severity,
                explanation, amount, amount, 0, amount, '{}', 'decision', 1, 'closed', decided_at
            FROM json_to_recordset(?::json) AS r (tenant_id text, id uuid, account_id text,
                labels jsonb, currency text, time timestamptz, score double precision,
                severity text, explanation text, amount double precision,
                decided_at timestamptz)
            ON CONFLICT (tenant_id, id) DO NOTHING
            """
                    .formatted(CLUSTER);

    private TransactionAnomalies() {}

    /** Writes the anomalies among the decisions. */
    static void store(Connection connection, int shard, List<JudgedTransaction> judged)
            throws SQLException {
        JsonArray rows = new JsonArray();
        judged.stream()
                .filter(one -> one.decision().outcome() != Outcome.APPROVE)
                .forEach(one -> rows.add(row(one)));
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Binder(statement).set(shard, rows.encode());
            statement.executeUpdate();
        }
    }

    /** Made from the transaction's id: a replay writes the same row. */
    static UUID id(String tenant, String transaction) {
        String name = "transaction\0" + tenant + "\0" + transaction;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject row(JudgedTransaction judged) {
        String tenant = judged.received().tenant().value();
        Transaction of = judged.received().transaction();
        return new JsonObject()
                .put("tenant_id", tenant)
                .put("id", id(tenant, of.id()).toString())
                .put("account_id", of.account())
                .put("labels", new JsonObject().put("transaction_id", of.id()))
                .put("currency", of.currency())
                .put("time", of.time().toString())
                .put("score", judged.decision().score())
                .put("severity", severity(judged.decision().outcome()))
                .put("explanation", explanation(judged))
                .put("amount", of.amount())
                .put("decided_at", judged.decidedAt().toString());
    }

    private static String severity(Outcome outcome) {
        return outcome == Outcome.DECLINE ? "critical" : "warning";
    }

    private static String explanation(JudgedTransaction judged) {
        Transaction of = judged.received().transaction();
        String reasons =
                judged.decision().reasons().stream()
                        .limit(3)
                        .map(Reason::text)
                        .collect(Collectors.joining("; "));
        return "Payment %s of %.2f %s by %s: %s (%s)."
                .formatted(
                        of.id(),
                        of.amount(),
                        of.currency(),
                        of.account(),
                        judged.decision().outcome().label(),
                        reasons.isEmpty() ? "no single reason" : reasons);
    }
}
