package dev.vedette.timescale;

import dev.vedette.ingestion.BrokerLog;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.ShardBatch;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** The detection log together with the positions of partitions. */
@ApplicationScoped
public class TimescaleBrokerLog implements BrokerLog {
    private final WorkerTransaction workers;
    private final WriteMarks marks;

    @Inject
    TimescaleBrokerLog(WorkerTransaction workers, WriteMarks marks) {
        this.workers = workers;
        this.marks = marks;
    }

    TimescaleBrokerLog(WorkerTransaction workers) {
        this(workers, new WriteMarks());
    }

    @Override
    public Uni<Map<Partition, Long>> claim(String group, Map<Partition, Long> starts) {
        return BrokerPositions.answered(
                workers.run(connection -> BrokerPositions.claim(connection, group, starts)));
    }

    @Override
    public Uni<Void> append(
            Lane lane, long seq, List<ShardBatch> batches, String group, List<Move> moves) {
        return BrokerPositions.answered(
                        workers.run(connection ->
                                BrokerPositions.move(connection, group, moves)
                                        .chain(() -> append(connection, lane, seq, batches))))
                .onTermination()
                .invoke(() -> marks.written(batches));
    }

    private static Uni<Void> append(
            SqlConnection connection, Lane lane, long seq, List<ShardBatch> batches) {
        return batches.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(TimescalePointLog.APPEND)
                        .execute(TimescalePointLog.row(lane, seq, batches))
                        .replaceWithVoid();
    }
}
