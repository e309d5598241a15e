package dev.vedette.timescale;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A binary COPY into {@code point_block}. Format: PostgreSQL documentation, COPY, "Binary Format";
 * arrays and timestamps as their receive functions read them.
 */
final class BlockCopy implements AutoCloseable {
    private static final String COPY =
            """
            COPY point_block (tenant_id, series_id, bucket, part, points, first_offset, step,
                packed_offsets, "values", scale, base, packed_values) FROM STDIN (FORMAT binary)
            """;
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };
    private static final short COLUMNS = 12;
    private static final int FLOAT8 = 701;
    private static final int NULL = -1;
    private static final int ARRAY_HEADER = 20;
    private static final int FLUSH = 1 << 16;

    /** 2000-01-01 in milliseconds since 1970-01-01: where the server counts from. */
    private static final long POSTGRES_EPOCH = 946_684_800_000L;

    private final CopyIn copy;
    private ByteBuffer buffer = ByteBuffer.allocate(2 * FLUSH);
    private long[] numbers = {};

    BlockCopy(Connection connection) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    /**
     * Adds one row.
     *
     * @param bucket start of the bucket, milliseconds
     * @param points ordered
     * @param from index of the first point of the row
     * @param to index after the last
     */
    void row(
            String tenant, long series, long bucket, long part, PointMerge points, int from, int to)
            throws SQLException {
        int count = to - from;
        int first = (int) (points.time(from) - bucket);
        int step = step(points, from, to);
        byte[] name = tenant.getBytes(StandardCharsets.UTF_8);
        ensure(160 + name.length + count * 20);
        buffer.putShort(COLUMNS).putInt(name.length).put(name);
        buffer.putInt(Long.BYTES).putLong(series);
        buffer.putInt(Long.BYTES).putLong(Math.multiplyExact(bucket - POSTGRES_EPOCH, 1000L));
        buffer.putInt(Long.BYTES).putLong(part);
        buffer.putInt(Integer.BYTES).putInt(count);
        buffer.putInt(Integer.BYTES).putInt(first);
        buffer.putInt(Integer.BYTES).putInt(Math.max(0, step));
        if (numbers.length < count) {
            numbers = new long[2 * count];
        }
        if (step < 0) {
            for (int i = 0; i < count; i++) {
                numbers[i] = points.time(from + i) - bucket;
            }
            pack(count, 0, numbers[count - 1]);
        } else {
            buffer.putInt(NULL);
        }
        values(points, from, to);
        if (buffer.position() >= FLUSH) {
            flush();
        }
    }

    // As they are, or, where no bit is lost by it, as whole numbers above their least.
    private void values(PointMerge points, int from, int to) {
        int scale = points.scale(from, to);
        if (scale < 0) {
            doubles(points, from, to);
            buffer.putInt(NULL).putInt(NULL).putInt(NULL);
            return;
        }
        long base = Long.MAX_VALUE;
        long top = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            long scaled = Decimals.scaled(points.value(i), scale);
            base = Math.min(base, scaled);
            top = Math.max(top, scaled);
            numbers[i - from] = scaled;
        }
        buffer.putInt(NULL);
        buffer.putInt(Short.BYTES).putShort((short) scale).putInt(Long.BYTES).putLong(base);
        pack(to - from, base, top);
    }

    private void doubles(PointMerge points, int from, int to) {
        int count = to - from;
        buffer.putInt(ARRAY_HEADER + count * (Integer.BYTES + Double.BYTES));
        buffer.putInt(1).putInt(0).putInt(FLOAT8).putInt(count).putInt(1);
        for (int i = from; i < to; i++) {
            buffer.putInt(Double.BYTES).putDouble(points.value(i));
        }
    }

    /** The first so many numbers, as what they are above that one. */
    private void pack(int count, long least, long largest) {
        int width = FewBytes.width(largest - least);
        buffer.putInt(count * width);
        for (int i = 0; i < count; i++) {
            FewBytes.put(buffer, numbers[i] - least, width);
        }
    }

    /** Ends the COPY: the rows are in the transaction. */
    void end() throws SQLException {
        buffer.putShort((short) -1);
        flush();
        copy.endCopy();
    }

    /** Cancels the COPY unless it ended. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    // The distance between neighbours when it is always the same, otherwise negative.
    private static int step(PointMerge points, int from, int to) {
        if (to - from == 1) {
            return 0;
        }
        long step = points.time(from + 1) - points.time(from);
        for (int i = from + 2; i < to; i++) {
            if (points.time(i) - points.time(i - 1) != step) {
                return -1;
            }
        }
        return (int) step;
    }

    private void ensure(int bytes) {
        if (buffer.remaining() < bytes) {
            buffer = ByteBuffer.allocate(buffer.position() + bytes + FLUSH).put(buffer.flip());
        }
    }

    private void flush() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
