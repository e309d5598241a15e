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
    private static final String NUMBER = "UPDATE transaction_shard SET seq = ? WHERE shard = ?";
    private static final String KEYS =
            """
            INSERT INTO transaction_key (tenant_id, transaction_id, time, received_at)
            SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
            ON CONFLICT DO NOTHING RETURNING tenant_id, transaction_id
            """;
    private static final String ROWS =
            """
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

    /** Makes sure that the lease holds, until the transaction ends. */
    static void fence(Connection connection, ShardLease lease, long seq) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FENCE)) {
            new Binder(statement).set(lease.shard(), lease.owner(), lease.epoch(), seq);
            if (statement.executeUpdate() != 1) {
                throw new ShardLostException(lease);
            }
        }
    }

    /** Those of the transactions that were not known; notes their keys. */
    static List<ReceivedTransaction> fresh(Connection connection, List<ReceivedTransaction> asked)
            throws SQLException {
        Map<ReceivedTransaction.Key, ReceivedTransaction> first = new LinkedHashMap<>();
        asked.forEach(one -> first.putIfAbsent(one.key(), one));
        List<ReceivedTransaction> once = List.copyOf(first.values());
        Set<List<String>> stored = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            statement.setArray(1, texts(connection, once, one -> one.tenant().value()));
            statement.setArray(2, texts(connection, once, one -> one.transaction().id()));
            statement.setArray(
                    3, texts(connection, once, one -> one.transaction().time().toString()));
            statement.setArray(4, texts(connection, once, one -> one.receivedAt().toString()));
            try (ResultSet row = statement.executeQuery()) {
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

    private interface Column {
        String of(ReceivedTransaction transaction);
    }

    private static java.sql.Array texts(
            Connection connection, List<ReceivedTransaction> rows, Column column)
            throws SQLException {
        return connection.createArrayOf(
                "text", rows.stream().map(column::of).toArray(String[]::new));
    }

    /** Stores decisions under the numbers after that one; returns the last. */
    static long store(Connection connection, int shard, long seq, List<JudgedTransaction> judged)
            throws SQLException {
        long last = seq;
        JsonArray rows = new JsonArray();
        for (JudgedTransaction one : judged) {
            rows.add(row(one, ++last));
        }
        try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
            new Binder(statement).set(shard, rows.encode());
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(NUMBER)) {
            new Binder(statement).set(last, shard);
            statement.executeUpdate();
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
