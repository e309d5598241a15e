package dev.vedette.timescale;

import dev.vedette.detection.Watermark;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** A watermark as two aligned arrays: lanes, ascending, and sequence numbers. */
final class Watermarks {
    private Watermarks() {}

    /** The lanes. */
    static Array lanes(Connection connection, Watermark watermark) throws SQLException {
        return connection.createArrayOf("bigint", watermark.lanes().keySet().toArray(Long[]::new));
    }

    /** The numbers. */
    static Array seqs(Connection connection, Watermark watermark) throws SQLException {
        return connection.createArrayOf("bigint", watermark.lanes().values().toArray(Long[]::new));
    }

    /** The watermark of the columns {@code lanes} and {@code seqs}. */
    static Watermark of(ResultSet row) throws SQLException {
        Long[] lanes = (Long[]) row.getArray("lanes").getArray();
        Long[] seqs = (Long[]) row.getArray("seqs").getArray();
        Map<Long, Long> both = new HashMap<>();
        for (int i = 0; i < lanes.length; i++) {
            both.put(lanes[i], seqs[i]);
        }
        return Watermark.of(both);
    }
}
