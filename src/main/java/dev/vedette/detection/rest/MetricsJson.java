package dev.vedette.detection.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.vedette.detection.JudgedSeries;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SteppedPoints;
import dev.vedette.http.ApiTime;
import dev.vedette.http.TimeFormat;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Points of the series that were asked for. */
@Schema(name = "Metrics")
public record MetricsJson(
        ApiTime from,
        ApiTime to,
        @JsonProperty("step_seconds") Optional<Double> stepSeconds,
        List<Points> series) {

    static MetricsJson of(
            TimeRange range, Optional<Duration> step, List<Points> series, TimeFormat format) {
        return new MetricsJson(
                new ApiTime(range.from(), format),
                new ApiTime(range.to(), format),
                step.map(width -> width.toMillis() / 1000.0),
                series);
    }

    /**
     * One series with either its points or its buckets.
     *
     * @param points {@code [time, value]}, oldest first; absent with step
     * @param buckets with step only
     * @param band with band=true only, aligned with the points
     */
    @Schema(name = "SeriesPoints")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Points(
            @JsonProperty("series_id") long seriesId,
            @JsonProperty("cluster_id") String clusterId,
            @JsonProperty("node_id") String nodeId,
            @JsonProperty("metric_name") String metricName,
            Map<String, String> labels,
            Optional<String> unit,
            Optional<RawPoints> points,
            Optional<List<StepBucket>> buckets,
            Optional<Columns.Band> band) {

        static Points of(Series series, PointReader.Points points, TimeFormat format) {
            return of(
                    series,
                    Optional.of(RawPoints.of(points.epochMillis(), points.values(), format)),
                    Optional.empty(),
                    Optional.empty());
        }

        static Points of(Series series, SteppedPoints steps, TimeFormat format) {
            return of(
                    series,
                    Optional.empty(),
                    Optional.of(StepBucket.of(steps, format)),
                    Optional.empty());
        }

        static Points of(Series series, JudgedSeries judged, TimeFormat format) {
            return of(
                    series,
                    Optional.of(RawPoints.of(judged.epochMillis(), judged.values(), format)),
                    Optional.empty(),
                    Optional.of(Columns.Band.of(judged)));
        }

        private static Points of(
                Series series,
                Optional<RawPoints> points,
                Optional<List<StepBucket>> buckets,
                Optional<Columns.Band> band) {
            return new Points(
                    series.id().value(),
                    series.key().clusterId(),
                    series.key().nodeId(),
                    series.key().metricName(),
                    series.key().labels().pairs(),
                    series.unit(),
                    points,
                    buckets,
                    band);
        }
    }

    /**
     * Points as a JSON array.
     *
     * @param json the array, ready
     */
    @Schema(
            name = "Points",
            type = SchemaType.ARRAY,
            implementation = Object[].class,
            description = "[[time, value], …], oldest first")
    public record RawPoints(@com.fasterxml.jackson.annotation.JsonValue @JsonRawValue String json) {
        static RawPoints of(long[] epochMillis, double[] values, TimeFormat format) {
            return new RawPoints(Columns.json(epochMillis, values, format));
        }
    }
}
