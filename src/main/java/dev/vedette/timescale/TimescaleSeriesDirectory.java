package dev.vedette.timescale;

import dev.vedette.detection.DetectorState;
import dev.vedette.detection.NodeSeen;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.SeriesPrior;
import dev.vedette.detection.WarmUp;
import dev.vedette.series.Labels;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogue of series, read from {@code scoped.series}. */
@ApplicationScoped
public class TimescaleSeriesDirectory implements SeriesDirectory {
    private static final String COLUMNS =
            "SELECT tenant_id, series_id, cluster_id, node_id, metric_name, labels, unit, shard"
                    + " FROM scoped.series WHERE ";

    // From one name to the next in the index: a tenant has far fewer names than series.
    private static final String METRIC_NAMES =
            """
            WITH RECURSIVE name (value) AS (
                SELECT min(metric_name) FROM scoped.series WHERE tenant_id = $1
                UNION ALL
                SELECT (SELECT min(metric_name) FROM scoped.series
                    WHERE tenant_id = $1 AND metric_name > name.value)
                FROM name WHERE name.value IS NOT NULL
            )
            SELECT value FROM name WHERE value IS NOT NULL
            """;

    private static final String DETECTORS =
            """
            SELECT d.series_id, d.engine, d.warm_at, coalesce(p.siblings, 0) AS siblings
            FROM scoped.detector_state d
            LEFT JOIN scoped.series_prior p USING (tenant_id, series_id, engine)
            WHERE d.tenant_id = $1 AND d.series_id = ANY ($2)
            """;

    private static final String PRIORS =
            """
            SELECT series_id, engine, siblings, prior FROM scoped.series_prior
            WHERE tenant_id = $1 AND series_id = ANY ($2)
            """;

    private final TenantTransaction tenants;

    TimescaleSeriesDirectory(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<Series>> list(TenantId tenant, Filter filter, long afterId, int limit) {
        return list(tenant, new Conditions(), filter, afterId, limit);
    }

    @Override
    public Uni<List<Series>> list(
            TenantId tenant, Set<String> metricNames, Filter filter, long afterId, int limit) {
        Conditions where = new Conditions();
        where.add("metric_name = ANY (?)", (Object) metricNames.toArray(String[]::new));
        return list(tenant, where, filter, afterId, limit);
    }

    private Uni<List<Series>> list(
            TenantId tenant, Conditions where, Filter filter, long afterId, int limit) {
        where.add("tenant_id = ? AND series_id > ?", tenant.value(), afterId);
        where.addIfPresent("cluster_id = ?", filter.clusterId());
        where.addIfPresent("node_id = ?", filter.nodeId());
        where.addIfPresent("metric_name = ?", filter.metricName());
        if (!filter.labels().isEmpty()) {
            where.add("labels @> ?", SeriesRows.json(Labels.of(filter.labels())));
        }
        String query =
                COLUMNS + where.clauses() + " ORDER BY series_id LIMIT " + where.parameter(limit);
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(query)
                                .execute(where.parameters())
                                .map(TimescaleSeriesDirectory::series));
    }

    @Override
    public Uni<Set<String>> metricNames(TenantId tenant) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(METRIC_NAMES)
                                .execute(Tuple.of(tenant.value()))
                                .map(TimescaleSeriesDirectory::names));
    }

    private static Set<String> names(RowSet<Row> rows) {
        Set<String> names = new TreeSet<>();
        rows.forEach(row -> names.add(row.getString(0)));
        return names;
    }

    @Override
    public Uni<Optional<Series>> find(SeriesKey key) {
        Buffer digest = SeriesRows.buffer(SeriesRows.digest(key));
        return tenants.run(
                key.tenant(),
                connection ->
                        connection
                                .preparedQuery(COLUMNS + "tenant_id = $1 AND key_digest = $2")
                                .execute(Tuple.of(key.tenant().value(), digest))
                                .map(rows -> series(rows).stream().findFirst()));
    }

    @Override
    public Uni<Map<SeriesId, DetectorState>> detectors(TenantId tenant, List<SeriesId> series) {
        return bySeries(tenant, series, DETECTORS, TimescaleSeriesDirectory::detector);
    }

    private static DetectorState detector(Row row) {
        return new DetectorState(
                row.getString(1),
                Optional.ofNullable(row.getOffsetDateTime(2)).map(OffsetDateTime::toInstant),
                row.getInteger(3));
    }

    @Override
    public Uni<Map<SeriesId, SeriesPrior>> priors(TenantId tenant, List<SeriesId> series) {
        return bySeries(tenant, series, PRIORS, TimescaleSeriesDirectory::prior);
    }

    private static SeriesPrior prior(Row row) {
        return new SeriesPrior(
                row.getLong(0), row.getString(1), row.getInteger(2), row.getBuffer(3).getBytes());
    }

    private <T> Uni<Map<SeriesId, T>> bySeries(
            TenantId tenant, List<SeriesId> series, String query, Function<Row, T> read) {
        Long[] ids = series.stream().map(SeriesId::value).toArray(Long[]::new);
        return tenants.list(
                        tenant,
                        query,
                        Tuple.of(tenant.value(), ids),
                        row -> Map.entry(new SeriesId(tenant, row.getLong(0)), read.apply(row)))
                .map(found ->
                        found.stream().collect(Collectors.toMap(Entry::getKey, Entry::getValue)));
    }

    @Override
    public Uni<WarmUp> warmUp(TenantId tenant, int most) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(DetectorRows.ENGINES)
                                .execute(Tuple.of(tenant.value()))
                                .map(DetectorRows::engines)
                                .chain(engines ->
                                        connection
                                                .preparedQuery(DetectorRows.LEARNING)
                                                .execute(Tuple.of(tenant.value(), most))
                                                .map(rows ->
                                                        new WarmUp(
                                                                engines,
                                                                DetectorRows.learning(rows)))));
    }

    @Override
    public Uni<List<NodeSeen>> longestSilent(TenantId tenant, Instant since, int most) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(DetectorRows.LONGEST_SILENT)
                                .execute(
                                        Tuple.of(
                                                tenant.value(),
                                                since.atOffset(ZoneOffset.UTC),
                                                most))
                                .map(DetectorRows::seen));
    }

    @Override
    public Uni<Long> count(TenantId tenant) {
        return tenants.run(
                tenant,
                connection ->
                        connection
                                .preparedQuery(
                                        "SELECT coalesce(sum(series), 0)::bigint FROM"
                                                + " scoped.series_count WHERE tenant_id = $1")
                                .execute(Tuple.of(tenant.value()))
                                .map(rows -> rows.iterator().next().getLong(0)));
    }

    private static List<Series> series(RowSet<Row> rows) {
        return Rows.all(rows, SeriesRows::series);
    }
}
