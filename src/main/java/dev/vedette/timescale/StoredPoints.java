package dev.vedette.timescale;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How far points have come, for benchmarks. */
public final class StoredPoints implements AutoCloseable {
    private static final String WAITING = LogTrimmer.needed("detection_log");
    private static final String IN_BLOCKS = "SELECT coalesce(sum(points), 0) FROM point_block";

    private final Connection connection;

    private StoredPoints(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects.
     *
     * @param owner a login that may read everything
     * @throws IOException when the database does not let it
     */
    public static StoredPoints open(DatabaseUrl owner) throws IOException {
        try {
            return new StoredPoints(
                    DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password()));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /**
     * Points that stand in blocks, over all tenants; repeated ones count again. Reads every row.
     */
    public long inBlocks() throws IOException {
        return ask(IN_BLOCKS);
    }

    /** Whether acknowledged points wait for their blocks; costs next to nothing. */
    public boolean areWaiting() throws IOException {
        return ask("SELECT (" + WAITING + ")::int") == 1;
    }

    private long ask(String query) throws IOException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
