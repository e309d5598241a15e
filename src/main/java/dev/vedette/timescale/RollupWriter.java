package dev.vedette.timescale;

import dev.vedette.detection.SteppedPoints;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the roll-ups of one bucket of points: the cells of the bucket replace what its rows had
 * there, so doing it again, or with late points, ends with the same cells. Where the points of an
 * earlier roll-up are gone by retention, its cells are kept and only the missing ones are added.
 */
final class RollupWriter {
    // Two buckets of one day meet in one row. A lock of its own, as the row may not be there yet.
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 7306074))";
    private final String tenant;
    private final long bucket;
    private final List<Rolled> rolled = new ArrayList<>();

    /** For the bucket of that tenant that starts then. */
    RollupWriter(String tenant, long bucket) {
        this.tenant = tenant;
        this.bucket = bucket;
    }

    private record Rolled(long series, boolean whole, List<SteppedPoints> byWidth) {}

    /**
     * Rolls up one series.
     *
     * @param points of the bucket, ordered
     * @param whole whether these are all that were ever stored in the bucket
     */
    void add(long series, PointMerge points, boolean whole) {
        List<SteppedPoints> byWidth = new ArrayList<>();
        for (RollupWidth width : RollupWidth.ALL) {
            SteppedPoints.Builder builder = new SteppedPoints.Builder(width.cell());
            for (int i = 0; i < points.size(); i++) {
                if (!Double.isNaN(points.value(i))) {
                    builder.add(points.time(i), points.value(i));
                }
            }
            byWidth.add(builder.build());
        }
        rolled.add(new Rolled(series, whole, byWidth));
    }

    /** Writes all of it. */
    void write(Connection connection) throws SQLException {
        if (rolled.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setString(1, tenant + " " + RollupWidth.HOURLY.rowOf(bucket));
            statement.execute();
        }
        for (int i = 0; i < RollupWidth.ALL.size(); i++) {
            write(connection, RollupWidth.ALL.get(i), i);
        }
    }

    private void write(Connection connection, RollupWidth width, int index) throws SQLException {
        OffsetDateTime row = Rows.parameter(width.rowOf(bucket));
        Long[] ids = rolled.stream().map(Rolled::series).toArray(Long[]::new);
        Map<Long, SteppedPoints> stored = stored(connection, width, ids, row);
        byte[][] cells = new byte[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            SteppedPoints fresh = rolled.get(i).byWidth().get(index);
            SteppedPoints old = stored.get(ids[i]);
            cells[i] =
                    PackedCells.pack(
                            old == null ? fresh : joined(old, fresh, rolled.get(i).whole(), width),
                            width.cell());
        }
        try (PreparedStatement statement = connection.prepareStatement(store(width))) {
            statement.setString(1, tenant);
            statement.setObject(2, row);
            statement.setArray(3, connection.createArrayOf("bigint", ids));
            statement.setArray(4, connection.createArrayOf("bytea", cells));
            statement.executeUpdate();
        }
    }

    private Map<Long, SteppedPoints> stored(
            Connection connection, RollupWidth width, Long[] ids, OffsetDateTime row)
            throws SQLException {
        Map<Long, SteppedPoints> stored = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(find(width))) {
            statement.setString(1, tenant);
            statement.setArray(2, connection.createArrayOf("bigint", ids));
            statement.setObject(3, row);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    stored.put(
                            found.getLong(1), PackedCells.unpack(found.getBytes(2), width.cell()));
                }
            }
        }
        return stored;
    }

    private static String find(RollupWidth width) {
        return "SELECT series_id, cells FROM "
                + width.table()
                + " WHERE tenant_id = ? AND series_id = ANY (?) AND bucket = ?";
    }

    private static String store(RollupWidth width) {
        return "INSERT INTO "
                + width.table()
                + " (tenant_id, bucket, series_id, cells)"
                + " SELECT ?, ?, series_id, cells"
                + " FROM unnest(?::bigint[], ?::bytea[]) AS n (series_id, cells)"
                + " ON CONFLICT (tenant_id, series_id, bucket)"
                + " DO UPDATE SET cells = excluded.cells";
    }

    // Old cells outside the bucket stay. Inside, the fresh ones count when they know all points.
    private SteppedPoints joined(
            SteppedPoints old, SteppedPoints fresh, boolean whole, RollupWidth width) {
        SteppedPoints.Builder joined = new SteppedPoints.Builder(width.cell());
        int next = 0;
        for (int i = 0; i < old.size(); i++) {
            long start = old.epochMillis()[i];
            while (next < fresh.size() && fresh.epochMillis()[next] < start) {
                joined.add(fresh, next++);
            }
            boolean here = start >= bucket && start < bucket + BlockWriter.BUCKET_MILLIS;
            boolean both = next < fresh.size() && fresh.epochMillis()[next] == start;
            if (!here || !whole) {
                joined.add(old, i);
                next += both ? 1 : 0;
            }
        }
        while (next < fresh.size()) {
            joined.add(fresh, next++);
        }
        return joined.build();
    }
}
