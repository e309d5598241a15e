package dev.vedette.timescale;

import dev.vedette.ingestion.BrokerLog;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.ReceivedTransaction;
import dev.vedette.transaction.intake.Checked;
import dev.vedette.transaction.intake.TransactionQueue;
import dev.vedette.transaction.scoring.TransactionShards;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Waiting transactions in the table {@code transaction_due}. */
@ApplicationScoped
public class TimescaleTransactionQueue implements TransactionQueue {
    // A key that comes in between is met again by whoever decides.
    private static final String ADD =
            """
            INSERT INTO transaction_due (tenant_id, transaction_id, shard, received_at, body)
            SELECT body ->> 'tenant_id', body ->> 'transaction_id', $2,
                (body ->> 'received_at')::timestamptz, body
            FROM jsonb_array_elements($1::jsonb) AS body
            WHERE NOT EXISTS (
                SELECT 1 FROM transaction_key k
                WHERE k.tenant_id = body ->> 'tenant_id'
                    AND k.transaction_id = body ->> 'transaction_id')
            ON CONFLICT DO NOTHING
            RETURNING tenant_id, transaction_id
            """;

    private final WorkerTransaction workers;

    TimescaleTransactionQueue(WorkerTransaction workers) {
        this.workers = workers;
    }

    @Override
    public Uni<Set<ReceivedTransaction.Key>> add(List<ReceivedTransaction> of, int shard) {
        return workers.run(connection -> add(connection, of, shard));
    }

    @Override
    public Uni<Void> deliver(Checked checked, String group, List<BrokerLog.Move> moves) {
        List<ReceivedTransaction> accepted = List.copyOf(checked.accepted().values());
        int shard = TransactionShards.of(checked.tenant());
        return BrokerPositions.answered(
                workers.run(connection ->
                        BrokerPositions.move(connection, group, moves)
                                .chain(() -> add(connection, accepted, shard))
                                .chain(() ->
                                        TimescaleTransactionLetters.keep(
                                                connection, checked.tenant(), checked.letters()))));
    }

    private static Uni<Set<ReceivedTransaction.Key>> add(
            SqlConnection connection, List<ReceivedTransaction> of, int shard) {
        JsonArray rows = new JsonArray();
        of.forEach(one -> rows.add(TransactionJson.received(one)));
        return connection
                .preparedQuery(ADD)
                .execute(Tuple.of(rows, shard))
                .map(TimescaleTransactionQueue::keys);
    }

    private static Set<ReceivedTransaction.Key> keys(RowSet<Row> rows) {
        Set<ReceivedTransaction.Key> keys = new HashSet<>();
        rows.forEach(row ->
                keys.add(
                        new ReceivedTransaction.Key(
                                new TenantId(row.getString(0)), row.getString(1))));
        return keys;
    }
}
