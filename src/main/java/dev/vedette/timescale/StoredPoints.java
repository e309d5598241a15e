package dev.vedette.timescale;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How far points have come, for benchmarks. */
public final class StoredPoints {
    private StoredPoints() {}

    /**
     * Points that stand in blocks, over all tenants; repeated ones count again.
     *
     * @param owner a login that may read everything
     * @throws IOException when the database does not let it
     */
    public static long inBlocks(DatabaseUrl owner) throws IOException {
        try (Connection connection =
                        DriverManager.getConnection(
                                owner.jdbcUrl(), owner.user(), owner.password());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT coalesce(sum(points), 0) FROM point_block")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
