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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
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
