package dev.vedette.timescale;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The least it costs to store points durably in ways that others use, for comparison: one
 * connection, large transactions, nothing else done. Works on tables of its own, dropped on close.
 */
public final class RawLimits implements AutoCloseable {
    private static final int POINTS_PER_TRANSACTION = 10_000;
    private static final int SERIES = 1_000;
    private static final int POINTS_PER_PACKED_ROW = 60;
    private static final long FIRST_MILLIS = 1_767_225_600_000L;
    private static final byte[] COPY_HEADER =
            "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

    /** A way of storing. */
    public enum Way {
        /** A row per point, by binary COPY, with a primary key. */
        COPY("row COPY"),
        /** A row per point, by {@code INSERT … SELECT unnest … ON CONFLICT}. */
        UNNEST("row INSERT from unnest"),
        /** A row per 60 points of a series, by binary COPY. */
        PACKED("packed rows of 60");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        /** The way in words. */
        public String words() {
            return words;
        }
    }

    private final Connection connection;

    private RawLimits(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects and makes the tables.
     *
     * @param owner a login that may create a schema
     * @throws IOException when the database does not let it
     */
    public static RawLimits open(DatabaseUrl owner) throws IOException {
        try {
            Connection connection =
                    DriverManager.getConnection(owner.jdbcUrl(), owner.user(), owner.password());
            connection.setAutoCommit(false);
            RawLimits limits = new RawLimits(connection);
            limits.execute(
                    "DROP SCHEMA IF EXISTS raw_limits CASCADE; CREATE SCHEMA raw_limits;"
                            + " CREATE TABLE raw_limits.point (series_id bigint, epoch_millis bigint,"
                            + " value float8, PRIMARY KEY (series_id, epoch_millis));"
                            + " CREATE TABLE raw_limits.packed (series_id bigint, bucket bigint,"
                            + " points bytea STORAGE EXTERNAL, PRIMARY KEY (series_id, bucket))");
            return limits;
        } catch (SQLException e) {
            throw new IOException("the raw limits cannot be measured: " + e.getMessage(), e);
        }
    }

    /**
     * Stores points, all new.
     *
     * @param points how many, a multiple of 10 000
     * @param round another number each time
     * @return CPU seconds of this side
     * @throws IOException when the database refuses
     */
    public double write(Way way, int points, int round) throws IOException {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            for (int done = 0; done < points; done += POINTS_PER_TRANSACTION) {
                long start = FIRST_MILLIS + round * 1_000_000_000L + (long) done / SERIES * 1000;
                switch (way) {
                    case COPY -> copy("raw_limits.point", rows(start));
                    case UNNEST -> unnest(start);
                    case PACKED -> copy("raw_limits.packed", packed(start));
                }
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IOException(way + " cannot be measured: " + e.getMessage(), e);
        }
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) * 1e-9;
    }

    private void copy(String table, ByteBuffer rows) throws SQLException {
        CopyIn copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + table + " FROM STDIN (FORMAT binary)");
        byte[] bytes = new byte[rows.flip().remaining()];
        rows.get(bytes);
        copy.writeToCopy(bytes, 0, bytes.length);
        copy.endCopy();
    }

    // the binary COPY format: PostgreSQL documentation, COPY, "Binary Format"
    private static ByteBuffer rows(long start) {
        ByteBuffer buffer = header(POINTS_PER_TRANSACTION * 38);
        for (int i = 0; i < POINTS_PER_TRANSACTION; i++) {
            buffer.putShort((short) 3);
            buffer.putInt(8).putLong(series(i));
            buffer.putInt(8).putLong(time(start, i));
            buffer.putInt(8).putDouble(value(i));
        }
        return buffer.putShort((short) -1);
    }

    private static ByteBuffer packed(long start) {
        int rows = POINTS_PER_TRANSACTION / POINTS_PER_PACKED_ROW;
        ByteBuffer buffer = header((rows + 1) * (30 + POINTS_PER_PACKED_ROW * 16));
        for (int row = 0; row <= rows; row++) {
            int size =
                    Math.min(
                            POINTS_PER_PACKED_ROW,
                            POINTS_PER_TRANSACTION - row * POINTS_PER_PACKED_ROW);
            buffer.putShort((short) 3);
            buffer.putInt(8).putLong(row);
            buffer.putInt(8).putLong(start);
            buffer.putInt(size * 16);
            for (int i = 0; i < size; i++) {
                buffer.putLong(start + i * 1000L).putDouble(value(i));
            }
        }
        return buffer.putShort((short) -1);
    }

    private static ByteBuffer header(int room) {
        return ByteBuffer.allocate(room + 64).put(COPY_HEADER).putInt(0).putInt(0);
    }

    private void unnest(long start) throws SQLException {
        Long[] series = new Long[POINTS_PER_TRANSACTION];
        Long[] times = new Long[POINTS_PER_TRANSACTION];
        Double[] values = new Double[POINTS_PER_TRANSACTION];
        Arrays.setAll(series, RawLimits::series);
        Arrays.setAll(times, i -> time(start, i));
        Arrays.setAll(values, RawLimits::value);
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "INSERT INTO raw_limits.point SELECT * FROM unnest(?, ?, ?)"
                                + " ON CONFLICT (series_id, epoch_millis)"
                                + " DO UPDATE SET value = excluded.value")) {
            insert.setArray(1, connection.createArrayOf("bigint", series));
            insert.setArray(2, connection.createArrayOf("bigint", times));
            insert.setArray(3, connection.createArrayOf("float8", values));
            insert.executeUpdate();
        }
    }

    // sorted by series, ten points each: the friendliest order for the index
    private static long series(int i) {
        return i / (POINTS_PER_TRANSACTION / SERIES);
    }

    private static long time(long start, int i) {
        return start + i % (POINTS_PER_TRANSACTION / SERIES) * 1000L;
    }

    private static double value(int i) {
        return i % 10_007 / 100.0;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
        connection.commit();
    }

    @Override
    public void close() throws IOException {
        try (connection) {
            execute("DROP SCHEMA raw_limits CASCADE");
        } catch (SQLException e) {
            throw new IOException("the tables of the raw limits remain: " + e.getMessage(), e);
        }
    }
}
