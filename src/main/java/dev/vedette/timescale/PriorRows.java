package dev.vedette.timescale;

import dev.vedette.detection.SeriesPrior;
import dev.vedette.detection.Siblinghood;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.postgresql.PGConnection;

/** What siblings know of new series: the priors in their table, and the states they are made of. */
final class PriorRows {
    // A prior is made once: the shard's lease sees to it, and this holds even without.
    private static final String INSERT =
            """
            INSERT INTO series_prior (series_id, engine, siblings, prior)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::smallint[], ?::bytea[])
            ON CONFLICT (series_id) DO NOTHING
            """;
    private static final String FIND =
            "SELECT series_id, engine, siblings, prior FROM series_prior WHERE series_id = ANY (?)";

    // Both branches read the index series_by_sibling in its order and stop after 16: a tenant may
    // have a hundred thousand series of one metric, none of them ready.
    private static final String SIBLINGS =
            """
            SELECT k.kind, d.state
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) WITH ORDINALITY
                AS k (tenant_id, cluster_id, metric_name, labels, engine, kind)
            CROSS JOIN LATERAL (
                SELECT d.state, c.far, c.cluster_id, c.series_id
                FROM (
                    (SELECT 0 AS far, s.cluster_id, s.series_id FROM series s
                    WHERE s.tenant_id = k.tenant_id AND s.metric_name = k.metric_name
                    AND jsonb_hash(s.labels) = jsonb_hash(k.labels::jsonb)
                    AND s.labels = k.labels::jsonb AND s.cluster_id = k.cluster_id
                    ORDER BY s.series_id LIMIT 16)
                    UNION ALL
                    (SELECT 1, s.cluster_id, s.series_id FROM series s
                    WHERE s.tenant_id = k.tenant_id AND s.metric_name = k.metric_name
                    AND jsonb_hash(s.labels) = jsonb_hash(k.labels::jsonb)
                    AND s.labels = k.labels::jsonb AND s.cluster_id <> k.cluster_id
                    ORDER BY s.cluster_id, s.series_id LIMIT 16)
                ) c JOIN detector_snapshot d USING (series_id)
                WHERE d.engine = k.engine AND d.warm_at IS NULL
                ORDER BY c.far, c.cluster_id, c.series_id LIMIT ?
            ) d
            ORDER BY k.kind, d.far, d.cluster_id, d.series_id
            """;

    private PriorRows() {}

    /** Stores priors of series that have none. */
    static void insert(Connection connection, List<SeriesPrior> priors) throws SQLException {
        if (priors.isEmpty()) {
            return;
        }
        byte[][] bytes = priors.stream().map(SeriesPrior::prior).toArray(byte[][]::new);
        PGConnection arrays = connection.unwrap(PGConnection.class);
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setArray(1, array(connection, "bigint", priors, SeriesPrior::seriesId));
            statement.setArray(2, array(connection, "text", priors, SeriesPrior::engine));
            statement.setArray(3, array(connection, "smallint", priors, SeriesPrior::siblings));
            statement.setArray(4, arrays.createArrayOf("bytea", bytes));
            statement.executeUpdate();
        }
    }

    /** The priors of those series; one without is absent. */
    static Map<Long, SeriesPrior> find(Connection connection, Collection<Long> seriesIds)
            throws SQLException {
        Map<Long, SeriesPrior> priors = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setArray(1, array(connection, "bigint", seriesIds, id -> id));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long id = row.getLong(1);
                    priors.put(
                            id,
                            new SeriesPrior(id, row.getString(2), row.getInt(3), row.getBytes(4)));
                }
            }
        }
        return priors;
    }

    /** See {@link dev.vedette.detection.ShardStore#siblings}. */
    static Map<Siblinghood, List<byte[]>> siblings(
            Connection connection, List<Siblinghood> kinds, int most) throws SQLException {
        Map<Siblinghood, List<byte[]>> states = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SIBLINGS)) {
            statement.setArray(1, array(connection, "text", kinds, one -> one.tenant().value()));
            statement.setArray(2, array(connection, "text", kinds, Siblinghood::clusterId));
            statement.setArray(3, array(connection, "text", kinds, Siblinghood::metricName));
            statement.setArray(
                    4,
                    array(
                            connection,
                            "text",
                            kinds,
                            one -> SeriesRows.json(one.labels()).encode()));
            statement.setArray(5, array(connection, "text", kinds, Siblinghood::engine));
            statement.setInt(6, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Siblinghood kind = kinds.get(row.getInt(1) - 1);
                    states.computeIfAbsent(kind, _ -> new ArrayList<>()).add(row.getBytes(2));
                }
            }
        }
        return states;
    }

    private static <T> Array array(
            Connection connection, String type, Collection<T> all, Function<T, Object> of)
            throws SQLException {
        return connection.createArrayOf(type, all.stream().map(of).toArray());
    }
}
