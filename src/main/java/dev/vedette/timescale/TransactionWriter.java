package dev.vedette.timescale;

import dev.vedette.transaction.Decision;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.scoring.JudgedTransaction;
import dev.vedette.transaction.scoring.ShardLease;
import dev.vedette.transaction.scoring.ShardLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Writes the decisions of one tick inside a transaction that the caller commits. */
final class TransactionWriter {
    // Statements that need no answer of one another share a way to the database and back: the role
    // is taken on that of the first, and the end of the transaction may go with the last.
    private static final String KEYS =
            WorkerTransaction.ROLE
                    + ";"
                    + """
                    INSERT INTO transaction_key (tenant_id, transaction_id, time, received_at)
                    SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
                    ON CONFLICT DO NOTHING RETURNING tenant_id, transaction_id
                    """;
    // Asked last: what was written before goes when somebody else holds the shard, and from here to
    // the end of the transaction nobody can take it. The number is part of it, so that a worker
    // that does not know how its last commit ended stores nothing.
    private static final String FENCE = "SELECT advance_transaction_shard(?::smallint, ?, ?, ?, ?)";
    private static final String LOST = "VD001";
    private static final String STORE =
            FENCE
                    + ";"
                    + """
                    INSERT INTO transaction (shard, tenant_id, transaction_id, account_id, time,
                        received_at, amount, currency, merchant, country, channel, attributes,
                        day_part, schema_version, seq, decided_at, score, outcome, parts, rules,
                        versions, traces, explanation)
                    SELECT ?, * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[],
                        ?::timestamptz[], ?::float8[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::jsonb[], ?::text[], ?::integer[], ?::bigint[], ?::timestamptz[],
                        ?::float8[], ?::text[], ?::jsonb[], ?::jsonb[], ?::jsonb[], ?::text[],
                        ?::text[])
                    """;
    private static final String DONE =
            "DELETE FROM transaction_due WHERE shard = ? AND id = ANY (?)";

    private TransactionWriter() {}

    /**
     * Those of the transactions that were not known; notes their keys. Takes the worker's role, so
     * it comes first.
     */
    static List<ReceivedTransaction> fresh(Connection connection, List<ReceivedTransaction> asked)
            throws SQLException {
        Map<ReceivedTransaction.Key, ReceivedTransaction> first = new LinkedHashMap<>();
        asked.forEach(one -> first.putIfAbsent(one.key(), one));
        List<ReceivedTransaction> once = List.copyOf(first.values());
        Set<List<String>> stored = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
            Binder to = new Binder(statement);
            to.array("text", once.stream().map(one -> one.tenant().value()));
            to.array("text", once.stream().map(one -> one.transaction().id()));
            to.array("timestamptz", once.stream().map(one -> one.transaction().time()));
            to.array("timestamptz", once.stream().map(ReceivedTransaction::receivedAt));
            statement.execute();
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

    /**
     * Stores decisions under the numbers after that one, if the lease holds.
     *
     * @param isLast whether the transaction ends with it
     * @throws ShardLostException when it does not hold
     */
    static void store(
            Connection connection,
            ShardLease lease,
            long seq,
            List<JudgedTransaction> judged,
            boolean isLast)
            throws SQLException {
        String text = judged.isEmpty() ? FENCE : STORE;
        try (PreparedStatement statement =
                connection.prepareStatement(isLast ? text + ";COMMIT" : text)) {
            Binder to = new Binder(statement);
            to.set(lease.shard(), lease.owner(), lease.epoch(), seq, seq + judged.size());
            if (!judged.isEmpty()) {
                to.set(lease.shard());
                bind(to, judged, seq);
            }
            statement.execute();
        } catch (SQLException e) {
            if (LOST.equals(e.getSQLState())) {
                throw new ShardLostException(lease);
            }
            throw e;
        }
    }

    private static void bind(Binder to, List<JudgedTransaction> judged, long seq)
            throws SQLException {
        List<ReceivedTransaction> received =
                judged.stream().map(JudgedTransaction::received).toList();
        List<Transaction> of = received.stream().map(ReceivedTransaction::transaction).toList();
        List<Decision> decisions = judged.stream().map(JudgedTransaction::decision).toList();
        to.array("text", received.stream().map(one -> one.tenant().value()));
        to.array("text", of.stream().map(Transaction::id));
        to.array("text", of.stream().map(Transaction::account));
        to.array("timestamptz", of.stream().map(Transaction::time));
        to.array("timestamptz", received.stream().map(ReceivedTransaction::receivedAt));
        to.array("float8", of.stream().mapToDouble(Transaction::amount).toArray());
        to.array("text", of.stream().map(Transaction::currency));
        to.array("text", of.stream().map(Transaction::merchant));
        to.array("text", of.stream().map(Transaction::country));
        to.array("text", of.stream().map(Transaction::channel));
        to.array("text", of.stream().map(one -> TransactionJson.attributes(one.attributes())));
        to.array("text", received.stream().map(one -> one.dayPart().label()));
        to.array("int4", received.stream().mapToInt(ReceivedTransaction::schemaVersion).toArray());
        to.array("int8", LongStream.rangeClosed(seq + 1, seq + judged.size()).toArray());
        to.array("timestamptz", judged.stream().map(JudgedTransaction::decidedAt));
        to.array("float8", decisions.stream().mapToDouble(Decision::score).toArray());
        to.array("text", decisions.stream().map(one -> one.outcome().label()));
        to.array("text", decisions.stream().map(one -> TransactionJson.numbers(one.parts())));
        to.array("text", judged.stream().map(one -> RuleTraces.fired(one.rules())));
        to.array("text", decisions.stream().map(one -> TransactionJson.texts(one.versions())));
        to.array("text", judged.stream().map(one -> RuleTraces.text(one.rules())));
        to.array("text", judged.stream().map(DecisionText::of));
    }

    /** Takes transactions off the queue. */
    static void done(Connection connection, int shard, List<Long> due) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DONE)) {
            statement.setInt(1, shard);
            statement.setArray(2, connection.createArrayOf("bigint", due.toArray()));
            statement.executeUpdate();
        }
    }
}
