package dev.vedette.timescale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vedette.detection.LogRow;
import dev.vedette.detection.Watermark;
import dev.vedette.ingestion.Lane;
import dev.vedette.ingestion.PointLog;
import dev.vedette.ingestion.PointLogContract;
import dev.vedette.ingestion.ShardBatch;
import dev.vedette.series.PointBatch;
import dev.vedette.tracing.Traceparent;
import io.opentelemetry.api.trace.SpanContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The contract of {@link PointLog} on a database, and what only a database can break. */
abstract class PointLogSuite extends PointLogContract {
    private static final int ANY = 1_000_000;
    private static final int SHARD = 9;

    /** The database under test. */
    abstract TestDatabase database();

    @Override
    protected PointLog log() {
        return new TimescalePointLog(database().pool(), database().workers());
    }

    @Override
    protected List<PointBatch> rows(int shard, Lane lane) {
        return read(shard, Watermark.START).stream()
                .filter(row -> row.lane() == lane.id())
                .map(LogRow::points)
                .toList();
    }

    private List<LogRow> read(int shard, Watermark after) {
        return new TimescaleShardStore(database().workers())
                .read(shard, after, Optional.empty(), ANY);
    }

    /**
     * The case that loses rows with one number line for all writers: the number 1 is taken first
     * and becomes visible last.
     */
    @Test
    void rowCommittedBehindAnotherIsNotMissed() throws SQLException {
        Lane slow = log().openLane().await().indefinitely();
        Lane quick = log().openLane().await().indefinitely();
        try (Connection connection = login()) {
            connection.setAutoCommit(false);
            insert(connection, slow);
            log().append(quick, 1, List.of(new ShardBatch(SHARD, batch(2)))).await().indefinitely();
            List<LogRow> first = read(SHARD, Watermark.START);
            assertEquals(List.of(quick.id()), first.stream().map(LogRow::lane).toList());
            connection.commit();
            List<LogRow> second = read(SHARD, Watermark.of(Map.of(quick.id(), 1L)));
            assertEquals(List.of(slow.id()), second.stream().map(LogRow::lane).toList());
        }
    }

    @Test
    void rowBringsTheTracesOfItsRequestsToItsReaderAndOthersAreNoLonger() throws SQLException {
        List<SpanContext> traces =
                Traceparent.readAll(
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
                                + " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        Lane lane = log().openLane().await().indefinitely();
        ShardBatch plain = new ShardBatch(SHARD, batch(2));
        log().append(lane, 1, List.of(new ShardBatch(SHARD - 1, batch(2)), plain))
                .await()
                .indefinitely();
        log().append(lane, 2, List.of(plain, new ShardBatch(SHARD - 1, batch(2), traces)))
                .await()
                .indefinitely();
        Watermark start = Watermark.START;
        assertEquals(
                List.of(List.of(), traces),
                read(SHARD - 1, start).stream()
                        .filter(row -> row.lane() == lane.id())
                        .map(LogRow::traces)
                        .toList());
        assertEquals(
                List.of(List.of(), List.of()),
                read(SHARD, start).stream()
                        .filter(row -> row.lane() == lane.id())
                        .map(LogRow::traces)
                        .toList());
        assertEquals(rowBytes(""), rowBytes(", NULL::text"));
    }

    /** How long a row of such columns is, with others of the log before. */
    private int rowBytes(String more) {
        return database()
                .workers()
                .await(connection -> {
                    try (PreparedStatement statement =
                                    connection.prepareStatement(
                                            "SELECT pg_column_size(ROW(shard, lane, seq, slot,"
                                                    + " committed_at, points, payload"
                                                    + more
                                                    + ")) FROM detection_log LIMIT 1");
                            ResultSet row = statement.executeQuery()) {
                        row.next();
                        return row.getInt(1);
                    }
                });
    }

    @Test
    void loginMayAppendButNotReadTheLog() throws SQLException {
        try (Connection connection = login();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM detection_log")) {
            assertThrows(SQLException.class, statement::executeQuery);
        }
    }

    private Connection login() throws SQLException {
        DatabaseUrl url = database().application();
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    private static void insert(Connection connection, Lane lane) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO detection_log (shard, lane, seq, points, payload)"
                                + " VALUES (?, ?, 1, 3, ?)")) {
            statement.setInt(1, SHARD);
            statement.setLong(2, lane.id());
            statement.setBytes(3, PackedPoints.pack(batch(1)));
            statement.executeUpdate();
        }
    }
}
