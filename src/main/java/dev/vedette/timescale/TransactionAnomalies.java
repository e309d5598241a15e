package dev.vedette.timescale;

import dev.vedette.detection.AnomalyFeed;
import dev.vedette.detection.AnomalyPlace;
import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.ScoreBucket;
import dev.vedette.detection.engine.Severity;
import dev.vedette.transaction.Decision;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.scoring.JudgedTransaction;
import io.opentelemetry.api.trace.SpanContext;
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
 * with {@code source = 'transaction'} and the account as its node.
 */
final class TransactionAnomalies {
    // What an outcome that a rule demands counts at least, whatever the score: severity follows.
    private static final double REVIEW_SCORE = 0.60;
    private static final double DECLINE_SCORE = 0.85;

    // One round trip: the records, a line of the feed, and the buckets whose roll-ups are too old
    // by now. These in the order in which ticks mark them, so that none waits for the other.
    private static final String INSERT =
            """
            WITH added AS (
                INSERT INTO anomaly (tenant_id, id, source, cluster_id, node_id, metric_name,
                    labels, unit, shard, window_start, window_end, peak_at, is_open, points,
                    anomaly_score, anomaly_label, kind, magnitude, confidence, severity,
                    explanation, observed, expected, lower, upper, evidence, engine,
                    engine_version, status, created_at)
                SELECT tenant_id, id, 'transaction', '%s', account_id, 'amount', labels, currency,
                    ?, time, time, time, false, 1, score, 'spike', 'spike', score, score, severity,
                    explanation, amount, 'NaN', 'NaN', 'NaN', evidence, 'decision', 1, 'closed',
                    decided_at
                FROM json_to_recordset(?::json) AS r (tenant_id text, id uuid, account_id text,
                    labels jsonb, currency text, time timestamptz, score double precision,
                    severity text, explanation text, amount double precision, evidence jsonb,
                    decided_at timestamptz)
                ON CONFLICT (tenant_id, id) DO NOTHING
                RETURNING tenant_id, id, window_start
            ), told AS (
                INSERT INTO anomaly_change (shard, tick, tenant_ids, ids)
                SELECT ?, ?, array_agg(tenant_id), array_agg(id) FROM added HAVING count(*) > 0
            )
            INSERT INTO rollup_due (tenant_id, bucket)
            SELECT DISTINCT tenant_id COLLATE "C", date_bin('%d seconds', window_start, 'epoch')
            FROM added ORDER BY 1, 2
            ON CONFLICT (tenant_id, bucket) DO UPDATE SET mark = rollup_due.mark + 1
            """
                    .formatted(AnomalySource.PAYMENTS, ScoreBucket.WIDTH.toSeconds());

    private TransactionAnomalies() {}

    /**
     * Writes the anomalies among the decisions.
     *
     * @param seq number of the last of the decisions
     */
    static void store(Connection connection, int shard, long seq, List<JudgedTransaction> judged)
            throws SQLException {
        JsonArray rows = new JsonArray();
        judged.stream()
                .filter(one -> one.decision().outcome() != Outcome.APPROVE)
                .forEach(one -> rows.add(row(one)));
        if (rows.isEmpty()) {
            return;
        }
        AnomalyTraces.note(connection, traces(judged));
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            new Binder(statement).set(shard, rows.encode(), AnomalyFeed.lineOfPayments(shard), seq);
            statement.executeUpdate();
        }
    }

    private static List<AnomalyTraces.Place> traces(List<JudgedTransaction> judged) {
        return judged.stream()
                .filter(one -> one.decision().outcome() != Outcome.APPROVE)
                .map(JudgedTransaction::received)
                .flatMap(one -> one.trace().map(at -> place(one, at)).stream())
                .toList();
    }

    private static AnomalyTraces.Place place(ReceivedTransaction of, SpanContext at) {
        UUID anomaly = id(of.tenant().value(), of.transaction().id());
        return new AnomalyTraces.Place(of.tenant(), anomaly, at);
    }

    /** Made from the transaction's id: a replay writes the same row. */
    static UUID id(String tenant, String transaction) {
        String name = "transaction\0" + tenant + "\0" + transaction;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject row(JudgedTransaction judged) {
        double score = score(judged.decision());
        String tenant = judged.received().tenant().value();
        Transaction of = judged.received().transaction();
        return new JsonObject()
                .put("tenant_id", tenant)
                .put("id", id(tenant, of.id()).toString())
                .put("account_id", of.account())
                .put("labels", labels(of))
                .put("currency", of.currency())
                .put("time", of.time().toString())
                .put("score", score)
                .put("severity", Severity.of(score).label())
                .put("explanation", explanation(judged))
                .put("amount", of.amount())
                .put("evidence", TransactionJson.numbers(judged.decision().acting()))
                .put("decided_at", judged.decidedAt().toString());
    }

    private static double score(Decision decision) {
        return Math.max(
                decision.score(),
                decision.outcome() == Outcome.DECLINE ? DECLINE_SCORE : REVIEW_SCORE);
    }

    private static JsonObject labels(Transaction of) {
        JsonObject labels = new JsonObject().put(AnomalyPlace.TRANSACTION_ID, of.id());
        for (String field : List.of("merchant", "country", "channel")) {
            of.text(field).ifPresent(text -> labels.put(field, text));
        }
        return labels;
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
