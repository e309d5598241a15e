package dev.vedette.timescale;

import dev.vedette.ingestion.BrokerLog.Move;
import dev.vedette.ingestion.BrokerLog.Partition;
import dev.vedette.ingestion.PositionLostException;
import dev.vedette.ingestion.StorageUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far partitions were read: the table {@code broker_position}. */
final class BrokerPositions {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final String CLAIM =
            """
            WITH asked AS (
                SELECT * FROM unnest($2::text[], $3::int[], $4::bigint[]) AS a (topic, partition, start)
            ), fresh AS (
                INSERT INTO broker_position (consumer_group, topic, partition, next_offset)
                SELECT $1, topic, partition, start FROM asked
                ON CONFLICT DO NOTHING RETURNING topic, partition, next_offset
            )
            SELECT topic, partition, next_offset FROM fresh
            UNION ALL
            SELECT p.topic, p.partition, p.next_offset FROM broker_position p
            JOIN asked USING (topic, partition) WHERE p.consumer_group = $1
            """;

    // A partition moves from where the consumer believes it is, or not at all: that is the fence.
    private static final String MOVE =
            """
            UPDATE broker_position p SET next_offset = m.ends, moved_at = now()
            FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[])
                AS m (topic, partition, begins, ends)
            WHERE p.consumer_group = $1 AND p.topic = m.topic AND p.partition = m.partition
                AND p.next_offset = m.begins
            """;

    private BrokerPositions() {}

    /** Where reading goes on; see {@link dev.vedette.ingestion.BrokerLog#claim}. */
    static Uni<Map<Partition, Long>> claim(
            SqlConnection connection, String group, Map<Partition, Long> starts) {
        List<Partition> asked = List.copyOf(starts.keySet());
        io.vertx.sqlclient.Tuple parameters =
                partitions(group, asked)
                        .addArrayOfLong(asked.stream().map(starts::get).toArray(Long[]::new));
        return connection
                .preparedQuery(CLAIM)
                .execute(Tuple.newInstance(parameters))
                .map(BrokerPositions::positions);
    }

    private static Map<Partition, Long> positions(RowSet<Row> rows) {
        Map<Partition, Long> positions = new HashMap<>();
        for (Row row : rows) {
            positions.put(
                    new Partition(row.getString("topic"), row.getInteger("partition")),
                    row.getLong("next_offset"));
        }
        return positions;
    }

    /** Moves partitions; fails with {@link PositionLostException} unless all are where said. */
    static Uni<Void> move(SqlConnection connection, String group, List<Move> moves) {
        List<Partition> partitions = moves.stream().map(Move::partition).toList();
        io.vertx.sqlclient.Tuple parameters =
                partitions(group, partitions)
                        .addArrayOfLong(moves.stream().map(Move::from).toArray(Long[]::new))
                        .addArrayOfLong(moves.stream().map(Move::to).toArray(Long[]::new));
        return connection
                .preparedQuery(MOVE)
                .execute(Tuple.newInstance(parameters))
                .map(moved -> {
                    if (moved.rowCount() != moves.size()) {
                        throw new PositionLostException(partitions.toString());
                    }
                    return moved;
                })
                .replaceWithVoid();
    }

    private static io.vertx.sqlclient.Tuple partitions(String group, List<Partition> partitions) {
        return io.vertx.sqlclient.Tuple.tuple()
                .addString(group)
                .addArrayOfString(partitions.stream().map(Partition::topic).toArray(String[]::new))
                .addArrayOfInteger(
                        partitions.stream().map(Partition::number).toArray(Integer[]::new));
    }

    /**
     * The same in time. Whatever else went wrong, nothing is known to be stored, and that is what
     * the caller acts on.
     */
    static <T> Uni<T> answered(Uni<T> asked) {
        return asked.ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure(failure ->
                        !(failure instanceof PositionLostException)
                                && !(failure instanceof StorageUnavailableException))
                .transform(Failures::unavailable);
    }
}
