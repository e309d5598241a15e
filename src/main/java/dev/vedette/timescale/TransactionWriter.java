package dev.vedette.timescale;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.scoring.DecisionStore;
import dev.vedette.transaction.scoring.JudgedTransaction;
import dev.vedette.transaction.scoring.ShardLease;
import dev.vedette.transaction.scoring.ShardLostException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the decisions of one tick inside a transaction that the caller commits. */
final class TransactionWriter {
    // Held to the end of the transaction: nobody can take the shard in between. The number is part
    // of it, so that a worker that does not know how its last commit ended stores nothing.
    private static final String FENCE =
            """
            UPDATE transaction_shard SET seq = seq
            WHERE shard = ? AND owner = ? AND epoch = ? AND seq = ?
            """;
    private static final String KEYS =
            """
            INSERT INTO transaction_key (tenant_id, transaction_id, time, received_at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
            ON CONFLICT DO NOTHING RETURNING tenant_id, transaction_id
            """;
    // Statements that need no answer of one another share a way to the database and back.
    private static final String BEGIN = FENCE + ";" + KEYS;
    private static final String STORE =
            """
            UPDATE transaction_shard SET seq = ? WHERE shard = ?;
            INSERT INTO transaction (tenant_id, transaction_id, account_id, time, received_at,
                amount, currency, merchant, country, channel, attributes, day_part,
                schema_version, shard, seq, decided_at, score, outcome, reasons, parts, features,
                rules, versions)
            SELECT tenant_id, transaction_id, account_id, time, received_at, amount, currency,
                merchant, country, channel, attributes, day_part, schema_version, ?, seq,
                decided_at, score, outcome, reasons, parts, features, rules, versions
            FROM json_to_recordset(?::json) AS r (tenant_id text, transaction_id text,
                account_id text, time timestamptz, received_at timestamptz,
                amount double precision, currency text, merchant text, country text,
                channel text, attributes jsonb, day_part text, schema_version integer,
                seq bigint, decided_at timestamptz, score double precision, outcome text,
                reasons jsonb, parts jsonb, features jsonb, rules jsonb, versions jsonb)
            """;
    private static final String DONE =
            "DELETE FROM transaction_due WHERE shard = ? AND id = ANY (?)";
    private static final String SNAPSHOT =
            """
            INSERT INTO transaction_snapshot (tenant_id, seq, state) VALUES (?, ?, ?)
            ON CONFLICT (tenant_id) DO UPDATE
            SET seq = excluded.seq, state = excluded.state, taken_at = now()
            """;

    private TransactionWriter() {}

    /**
     * Those of the transactions that were not known; notes their keys. Makes sure first that the
     * lease holds, until the transaction ends.
     */
    static List<ReceivedTransaction> fresh(
            Connection connection, ShardLease lease, long seq, List<ReceivedTransaction> asked)
            throws SQLException {
        Map<ReceivedTransaction.Key, ReceivedTransaction> first = new LinkedHashMap<>();
        asked.forEach(one -> first.putIfAbsent(one.key(), one));
        List<ReceivedTransaction> once = List.copyOf(first.values());
        Set<List<String>> stored = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
            Binder to = new Binder(statement);
            to.set(lease.shard(), lease.owner(), lease.epoch(), seq);
            to.array("text", once.stream().map(one -> one.tenant().value()));
            to.array("text", once.stream().map(one -> one.transaction().id()));
            to.array("timestamptz", once.stream().map(one -> one.transaction().time()));
            to.array("timestamptz", once.stream().map(ReceivedTransaction::receivedAt));
            statement.execute();
            if (statement.getUpdateCount() != 1) {
                throw new ShardLostException(lease);
            }
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                while (row.next()) {
                    stored.add(List.of(row.getString(1), row.getString(2)));
                }
            }
        }
        return once.stream()
                .filter(one ->
                        stored.contains(List.of(one.tenant().value(), one.transaction().id())))
                .toList();
    }

    /** Stores decisions under the numbers after that one; returns the last. */
    static long store(Connection connection, int shard, long seq, List<JudgedTransaction> judged)
            throws SQLException {
        long last = seq;
        JsonArray rows = new JsonArray();
        for (JudgedTransaction one : judged) {
            rows.add(row(one, ++last));
        }
        try (PreparedStatement statement = connection.prepareStatement(STORE)) {
            new Binder(statement).set(last, shard, shard, rows.encode());
            statement.execute();
        }
        return last;
    }

    private static JsonObject row(JudgedTransaction judged, long seq) {
        Decision decision = judged.decision();
        return TransactionJson.received(judged.received())
                .put("seq", seq)
                .put("decided_at", judged.decidedAt().toString())
                .put("score", decision.score())
                .put("outcome", decision.outcome().label())
                .put("reasons", TransactionJson.reasons(decision.reasons()))
                .put("parts", TransactionJson.numbers(decision.parts()))
                .put("features", TransactionJson.numbers(judged.features()))
                .put("rules", TransactionJson.traces(judged.rules()))
                .put("versions", TransactionJson.texts(decision.versions()));
    }

    /** Takes transactions off the queue. */
    static void done(Connection connection, int shard, List<Long> due) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DONE)) {
            statement.setInt(1, shard);
            statement.setArray(2, connection.createArrayOf("bigint", due.toArray()));
            statement.executeUpdate();
        }
    }

    /** Replaces the tenant's snapshot. */
    static void snapshot(Connection connection, DecisionStore.Snapshot snapshot)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SNAPSHOT)) {
            new Binder(statement).set(snapshot.tenant().value(), snapshot.seq(), snapshot.state());
            statement.executeUpdate();
        }
    }
}
