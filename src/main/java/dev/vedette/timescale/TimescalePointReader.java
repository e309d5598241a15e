package dev.vedette.timescale;

import dev.vedette.detection.PointReader;
import dev.vedette.detection.SteppedPoints;
import dev.vedette.series.MetricPoint;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Points from the blocks, joined with the tail of the log. Three steps: which of the series are the
 * tenant's; the tail of their shards, which holds other tenants' points too and of which only the
 * first step's series are taken; the blocks. They are sent one behind the other without a wait. The
 * tail comes before the blocks: what leaves it in between is in the blocks then. Decoding happens
 * off the event loop.
 */
@ApplicationScoped
public class TimescalePointReader implements PointReader {
    /** All the times there are. */
    static final TimeRange EVER =
            new TimeRange(
                    Instant.parse("0001-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

    private static final Duration LONG = Duration.ofHours(12);

    // The newest blocks that together hold enough points; repeated points make it a few more.
    private static final String BLOCKS =
            """
            SELECT %s FROM (
                SELECT *, sum(points) OVER (
                    PARTITION BY series_id ORDER BY bucket DESC RANGE UNBOUNDED PRECEDING)
                    - sum(points) OVER (PARTITION BY series_id, bucket) AS newer
                FROM scoped.point_block
                WHERE tenant_id = $1 AND series_id = %s
                    AND bucket > $3::timestamptz - interval '4 hours' AND bucket < $4
            ) AS counted
            WHERE newer < $5
            ORDER BY series_id, bucket, part
            """
                    .formatted(BlockRows.COLUMNS, OwnedTail.ASKED);

    private static final String LAST_BLOCKS =
            """
            SELECT %s
            FROM unnest($2::bigint[]) AS s (id)
            CROSS JOIN LATERAL (
                SELECT * FROM scoped.point_block p
                WHERE p.tenant_id = $1 AND p.series_id = s.id AND p.bucket = (
                    SELECT max(n.bucket) FROM scoped.point_block n
                    WHERE n.tenant_id = $1 AND n.series_id = s.id)
            ) b
            ORDER BY series_id, part
            """
                    .formatted(BlockRows.COLUMNS);

    private final TenantTransaction tenants;
    private final StepReader steps;
    private final ResultCache cache;

    @Inject
    TimescalePointReader(TenantTransaction tenants, ResultCache cache) {
        this.tenants = tenants;
        this.cache = cache;
        this.steps = new StepReader(tenants);
    }

    TimescalePointReader(TenantTransaction tenants) {
        this(tenants, ResultCache.none());
    }

    private static ResultCache.Question question(
            TenantId tenant, Collection<SeriesId> series, Object... rest) {
        return new ResultCache.Question(
                tenant,
                series.stream().map(SeriesId::value).sorted().distinct().toList(),
                List.of(rest));
    }

    // Short ranges are in blocks that are mostly not rolled up yet.
    @Override
    public Uni<Map<SeriesId, SteppedPoints>> steps(
            TenantId tenant,
            Collection<SeriesId> series,
            TimeRange range,
            Duration step,
            int maxPoints) {
        return cache.answer(
                question(tenant, series, range, step, maxPoints),
                () -> readSteps(tenant, series, range, step, maxPoints),
                read -> read.values().stream().mapToLong(one -> 44L * one.size()).sum());
    }

    private Uni<Map<SeriesId, SteppedPoints>> readSteps(
            TenantId tenant,
            Collection<SeriesId> series,
            TimeRange range,
            Duration step,
            int maxPoints) {
        Optional<RollupWidth> width = RollupWidth.of(step.toMillis());
        if (width.isEmpty() || range.duration().compareTo(LONG) < 0 || series.isEmpty()) {
            return readPoints(tenant, series, range, maxPoints)
                    .map(found -> SteppedPoints.of(found, step));
        }
        return steps.read(tenant, series, range, step.toMillis(), width.get());
    }

    @Override
    public Uni<Map<SeriesId, Points>> points(
            TenantId tenant, Collection<SeriesId> series, TimeRange range, int maxPoints) {
        return cache.answer(
                question(tenant, series, range, maxPoints),
                () -> readPoints(tenant, series, range, maxPoints),
                read -> read.values().stream().mapToLong(one -> 16L * one.values().length).sum());
    }

    private Uni<Map<SeriesId, Points>> readPoints(
            TenantId tenant, Collection<SeriesId> series, TimeRange range, int maxPoints) {
        return read(
                tenant,
                series,
                range,
                maxPoints,
                ids ->
                        connection ->
                                connection
                                        .preparedQuery(BLOCKS)
                                        .execute(
                                                OwnedTail.parameters(tenant, ids)
                                                        .addOffsetDateTime(
                                                                Rows.parameter(range.from()))
                                                        .addOffsetDateTime(
                                                                Rows.parameter(range.to()))
                                                        .addInteger(maxPoints)));
    }

    @Override
    public Uni<Map<SeriesId, MetricPoint>> last(TenantId tenant, List<SeriesId> series) {
        return read(
                        tenant,
                        series,
                        EVER,
                        1,
                        ids ->
                                connection ->
                                        connection
                                                .preparedQuery(LAST_BLOCKS)
                                                .execute(OwnedTail.parameters(tenant, ids)))
                .map(newest -> {
                    Map<SeriesId, MetricPoint> last = new HashMap<>();
                    newest.forEach((id, points) ->
                            last.put(
                                    id,
                                    new MetricPoint(
                                            Instant.ofEpochMilli(points.epochMillis()[0]),
                                            points.values()[0])));
                    return last;
                });
    }

    private Uni<Map<SeriesId, Points>> read(
            TenantId tenant,
            Collection<SeriesId> series,
            TimeRange range,
            int maxPoints,
            Function<Set<Long>, Function<SqlConnection, Uni<RowSet<Row>>>> blocks) {
        Set<Long> asked = new HashSet<>();
        series.forEach(id -> asked.add(id.value()));
        if (asked.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tenants.run(
                        tenant,
                        connection ->
                                RoleTransaction.behind(
                                        OwnedTail.read(connection, tenant, asked),
                                        blocks.apply(asked).apply(connection),
                                        Stored::new))
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(stored -> {
                    Map<Long, PointMerge> found = stored.tail.places();
                    BlockRows.collect(stored.blocks, range, found);
                    stored.tail.collect(range, found);
                    return newest(tenant, found, maxPoints);
                });
    }

    private record Stored(OwnedTail tail, RowSet<Row> blocks) {}

    private static Map<SeriesId, Points> newest(
            TenantId tenant, Map<Long, PointMerge> found, int maxPoints) {
        Map<SeriesId, Points> points = new HashMap<>();
        found.forEach((id, merge) -> {
            merge.order();
            Points newest = merge.newest(maxPoints);
            if (newest.values().length > 0) {
                points.put(new SeriesId(tenant, id), newest);
            }
        });
        return points;
    }
}
