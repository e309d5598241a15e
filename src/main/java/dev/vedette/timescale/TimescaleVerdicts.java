package dev.vedette.timescale;

import dev.vedette.detection.Verdicts;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Verdicts from the table {@code feedback}, with the times of their anomalies. */
@ApplicationScoped
class TimescaleVerdicts implements Verdicts {
    private static final String VERDICTS =
            """
            SELECT DISTINCT ON (a.id) a.series_id, a.window_start, a.window_end,
                f.verdict = 'confirmed' AS is_real, f.verdict = 'expected' AS is_neither
            FROM scoped.anomaly a
            JOIN scoped.incident_member m ON m.tenant_id = $1 AND m.anomaly_id = a.id
            JOIN scoped.feedback f ON f.tenant_id = $1 AND f.incident_id = m.incident_id
                AND (f.anomaly_id IS NULL OR f.anomaly_id = a.id) AND f.withdrawn_at IS NULL
            WHERE a.tenant_id = $1 AND a.series_id = ANY ($2)
                AND a.window_start >= $3 AND a.window_start < $4
            ORDER BY a.id, f.at DESC\
            """;

    private final TenantTransaction tenants;

    TimescaleVerdicts(TenantTransaction tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<List<Verdict>> of(TenantId tenant, List<SeriesId> series, TimeRange range) {
        Tuple which =
                Tuple.of(
                        tenant.value(),
                        series.stream().map(SeriesId::value).toArray(Long[]::new),
                        Rows.parameter(range.from()),
                        Rows.parameter(range.to()));
        return tenants.run(tenant, c -> c.preparedQuery(VERDICTS).execute(which))
                .map(rows ->
                        Rows.all(rows, row -> row).stream()
                                .filter(row -> !row.getBoolean("is_neither"))
                                .map(row ->
                                        new Verdict(
                                                new SeriesId(tenant, row.getLong("series_id")),
                                                Rows.time(row, "window_start"),
                                                Rows.time(row, "window_end"),
                                                row.getBoolean("is_real")))
                                .toList());
    }
}
