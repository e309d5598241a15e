package dev.vedette.timescale;

import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.ingestion.StorageUnavailableException;
import dev.vedette.tracing.Traceparent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/**
 * The detection log in the table {@code detection_log}. An append is one statement and one round
 * trip: the login may insert there without changing its role first, and may read nothing.
 */
@ApplicationScoped
public class TimescalePointLog implements PointLog {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Takes {@link #row}. */
    static final String APPEND =
            """
            INSERT INTO detection_log (shard, lane, seq, points, payload)
            SELECT shard, $1, $2, points, payload
            FROM unnest($3::int[], $4::int[], $5::bytea[]) AS row (shard, points, payload)
            """;

    // Of its own, so that a row of requests that are not recorded costs what it always did.
    private static final String APPEND_TRACED =
            """
            INSERT INTO detection_log (shard, lane, seq, points, payload, traceparents)
            SELECT shard, $1, $2, points, payload, traceparents
            FROM unnest($3::int[], $4::int[], $5::bytea[], $6::text[])
                AS row (shard, points, payload, traceparents)
            """;

    private final Pool pool;
    private final WorkerTransaction workers;
    private final WriteMarks marks;

    @Inject
    TimescalePointLog(Pool pool, WorkerTransaction workers, WriteMarks marks) {
        this.pool = pool;
        this.workers = workers;
        this.marks = marks;
    }

    TimescalePointLog(Pool pool, WorkerTransaction workers) {
        this(pool, workers, new WriteMarks());
    }

    @Override
    public Uni<Lane> openLane() {
        return workers.run(connection ->
                        connection
                                .query("SELECT nextval('log_lane')")
                                .execute()
                                .map(rows -> new Lane(rows.iterator().next().getLong(0))))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(TimescalePointLog::unavailable);
    }

    @Override
    public Uni<Void> append(Lane lane, long seq, List<ShardBatch> batches) {
        return insert(lane, seq, batches)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(TimescalePointLog::unavailable)
                // Before anybody hears of it, and also when it may have been written.
                .onTermination()
                .invoke(() -> marks.written(batches))
                .replaceWithVoid();
    }

    private Uni<RowSet<Row>> insert(Lane lane, long seq, List<ShardBatch> batches) {
        Tuple row = row(lane, seq, batches);
        if (batches.stream().allMatch(batch -> batch.traces().isEmpty())) {
            return pool.preparedQuery(APPEND).execute(row);
        }
        String[] traces =
                batches.stream()
                        .map(batch -> Traceparent.texts(batch.traces()))
                        .toArray(String[]::new);
        row.getDelegate().addArrayOfString(traces);
        return pool.preparedQuery(APPEND_TRACED).execute(row);
    }

    /** The parameters of {@link #APPEND}. */
    static Tuple row(Lane lane, long seq, List<ShardBatch> batches) {
        Integer[] shards = new Integer[batches.size()];
        Integer[] points = new Integer[batches.size()];
        Buffer[] payloads = new Buffer[batches.size()];
        for (int i = 0; i < shards.length; i++) {
            ShardBatch batch = batches.get(i);
            shards[i] = batch.shard();
            points[i] = batch.points().size();
            payloads[i] = Buffer.buffer(PackedPoints.pack(batch.points()));
        }
        io.vertx.sqlclient.Tuple row =
                io.vertx.sqlclient.Tuple.tuple()
                        .addLong(lane.id())
                        .addLong(seq)
                        .addArrayOfInteger(shards)
                        .addArrayOfInteger(points)
                        .addArrayOfBuffer(payloads);
        return Tuple.newInstance(row);
    }

    // Whatever went wrong, nothing is known to be stored, and that is what the caller acts on.
    private static Throwable unavailable(Throwable failure) {
        return failure instanceof StorageUnavailableException
                ? failure
                : Failures.unavailable(failure);
    }
}
