package dev.vedette.timescale;

import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a series stands in its row. */
final class SeriesRows {
    private SeriesRows() {}

    /**
     * SHA-256 of cluster, node, metric and labels, each preceded by its length: what the unique key
     * holds instead of texts too long for an index.
     */
    static ByteBuffer digest(SeriesKey key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, key.clusterId());
            add(digest, key.nodeId());
            add(digest, key.metricName());
            key.labels()
                    .pairs()
                    .forEach((name, value) -> {
                        add(digest, name);
                        add(digest, value);
                    });
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    /** The digest as a parameter. */
    static Buffer buffer(ByteBuffer digest) {
        byte[] bytes = new byte[digest.remaining()];
        digest.duplicate().get(bytes);
        return Buffer.buffer(bytes);
    }

    /** The labels as a JSON object. */
    static JsonObject json(Labels labels) {
        return new JsonObject(new TreeMap<String, Object>(labels.pairs()));
    }

    /** The labels of that JSON object. */
    static Labels labels(JsonObject json) {
        Map<String, String> pairs = new TreeMap<>();
        json.forEach(pair -> pairs.put(pair.getKey(), String.valueOf(pair.getValue())));
        return Labels.of(pairs);
    }

    /** The series of a row that begins with its columns in the order of the other's parameters. */
    static Series series(Row row) {
        return series(
                row.getString(0),
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getJsonObject(5),
                row.getString(6),
                row.getInteger(7));
    }

    /** The same of a row of JDBC. */
    static Series series(ResultSet row) throws SQLException {
        return series(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                new JsonObject(row.getString(6)),
                row.getString(7),
                row.getInt(8));
    }

    /** The series of those columns; {@code unit} is null when never said. */
    static Series series(
            String tenant,
            long id,
            String cluster,
            String node,
            String metric,
            JsonObject labels,
            @Nullable String unit,
            int shard) {
        SeriesKey key = new SeriesKey(new TenantId(tenant), cluster, node, metric, labels(labels));
        return series(id, key, Optional.ofNullable(unit), shard);
    }

    /** The series of that key. */
    static Series series(long id, SeriesKey key, Optional<String> unit, int shard) {
        return new Series(new SeriesId(key.tenant(), id), key, unit, shard);
    }
}
