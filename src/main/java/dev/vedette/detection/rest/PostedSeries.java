package dev.vedette.detection.rest;

import dev.vedette.detection.PointReader;
import dev.vedette.series.Labels;
import dev.vedette.series.MetricSeries;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.SeriesKey;
import dev.vedette.tenant.TenantId;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A series of a request body that is looked at and stored nowhere. */
@Schema(name = "PostedSeries")
public record PostedSeries(
        @Schema(examples = "edge") Optional<String> clusterId,
        @Schema(examples = "api-05") Optional<String> nodeId,
        @Schema(examples = "cpu_percent") Optional<String> metricName,
        Optional<Map<String, String>> labels,
        @Schema(examples = "percent") Optional<String> unit,
        PostedPoints points) {

    /**
     * The series as the catalogue would have it, were it stored.
     *
     * @throws IllegalArgumentException when a name or label breaks a rule
     */
    public Series series(TenantId tenant) {
        return new Series(new SeriesId(tenant, 1), key(tenant), unit, 0);
    }

    /** The series with its points. */
    public MetricSeries metricSeries(TenantId tenant) {
        return new MetricSeries(
                key(tenant),
                columns().epochMillis(),
                columns().values(),
                unit.map(name -> Map.of("unit", name)).orElse(Map.of()));
    }

    /** The points. */
    public PointReader.Points columns() {
        return points.points();
    }

    private SeriesKey key(TenantId tenant) {
        return new SeriesKey(
                tenant,
                clusterId.orElse("cluster"),
                nodeId.orElse("node"),
                metricName.orElse("value"),
                labels.map(Labels::of).orElse(Labels.NONE));
    }
}
