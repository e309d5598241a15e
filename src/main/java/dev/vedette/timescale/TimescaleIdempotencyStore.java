package dev.vedette.timescale;

import dev.vedette.http.IdempotencyStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Repeatable calls in the table {@code idempotency_key}. */
@ApplicationScoped
public class TimescaleIdempotencyStore implements IdempotencyStore {
    /** How long a key counts, in SQL. */
    static final String KEPT = "interval '24 hours'";

    private static final String BEGIN =
            """
            INSERT INTO idempotency_key (id, request, begun_at) VALUES ($1, $2, now())
            ON CONFLICT (id) DO UPDATE
            SET request = EXCLUDED.request, begun_at = now(), status = NULL, answer = NULL
            WHERE idempotency_key.begun_at < now() - %s
                OR idempotency_key.status IS NULL
                    AND idempotency_key.begun_at < now() - interval '1 minute'
            """
                    .formatted(KEPT);

    private static final String FIND =
            "SELECT request = $2 AS is_same, status, answer FROM idempotency_key WHERE id = $1";
    private static final String ANSWERED =
            "UPDATE idempotency_key SET status = $3, answer = $4 WHERE id = $1 AND request = $2";
    private static final String FAILED =
            "DELETE FROM idempotency_key WHERE id = $1 AND request = $2 AND status IS NULL";

    private final WorkerTransaction platform;

    TimescaleIdempotencyStore(WorkerTransaction platform) {
        this.platform = platform;
    }

    @Override
    public Uni<Known> begin(Call call) {
        return platform.run(connection ->
                connection
                        .preparedQuery(BEGIN)
                        .execute(key(call))
                        .chain(begun ->
                                begun.rowCount() == 1
                                        ? Uni.createFrom().item(new Known.Nothing())
                                        : known(connection, call)));
    }

    private static Uni<Known> known(SqlConnection connection, Call call) {
        return connection
                .preparedQuery(FIND)
                .execute(key(call))
                .map(TimescaleIdempotencyStore::known);
    }

    // gone in between: another failed, and the caller may try again
    private static Known known(RowSet<Row> rows) {
        return Rows.first(rows, TimescaleIdempotencyStore::known).orElseGet(Known.Underway::new);
    }

    private static Known known(Row row) {
        if (!row.getBoolean("is_same")) {
            return new Known.OtherRequest();
        }
        return Optional.ofNullable(row.getInteger("status"))
                .<Known>map(status -> new Known.Answered(status, row.getString("answer")))
                .orElseGet(Known.Underway::new);
    }

    @Override
    public Uni<Void> answered(Call call, int status, String sealed) {
        Tuple row = key(call).addInteger(status).addString(sealed);
        return platform.run(c -> c.preparedQuery(ANSWERED).execute(row)).replaceWithVoid();
    }

    @Override
    public Uni<Void> failed(Call call) {
        return platform.run(c -> c.preparedQuery(FAILED).execute(key(call))).replaceWithVoid();
    }

    private static Tuple key(Call call) {
        return Tuple.of(Buffer.buffer(call.id()), Buffer.buffer(call.request()));
    }
}
