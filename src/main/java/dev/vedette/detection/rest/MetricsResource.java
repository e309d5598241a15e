package dev.vedette.detection.rest;

import dev.vedette.detection.JudgedSeries;
import dev.vedette.detection.PointJudge;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.SteppedPoints;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Points of series, with the band detection expects them in. */
@Path("/api/v1/metrics")
@Tag(name = "Metrics")
public class MetricsResource {
    private static final int MOST_SERIES = 20;
    private static final int MOST_SERIES_WITH_BAND = 4;
    private static final int MOST_POINTS = 100_000;
    private static final int MOST_STEPS = 11_000;
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration LONGEST_IN_STEPS = Duration.ofDays(400);

    private static final SteppedPoints NO_STEPS = SteppedPoints.of(PointReader.Points.NONE, 1);

    private final CurrentCaller current;
    private final SeriesDirectory directory;
    private final PointReader points;
    private final PointJudge judge;
    private final InstantSource clock;

    MetricsResource(
            CurrentCaller current,
            SeriesDirectory directory,
            PointReader points,
            PointJudge judge,
            InstantSource clock) {
        this.current = current;
        this.directory = directory;
        this.points = points;
        this.judge = judge;
        this.clock = clock;
    }

    /** Reads the points of the series of one metric of one node. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "Read points",
            operationId = "readMetrics",
            description =
                    "The last 24 hours when from and to are left out. With step: buckets with min,"
                            + " max, avg and last; steps of whole 5 minutes or hours are read from"
                            + " roll-ups, which are kept longer than points. With band=true: expected, lower, upper and score"
                            + " of each point.")
    public Uni<MetricsJson> read(
            @QueryParam("cluster_id") @Parameter(required = true, example = "edge")
                    Optional<String> clusterId,
            @QueryParam("node_id") @Parameter(required = true, example = "api-05")
                    Optional<String> nodeId,
            @QueryParam("metric_name") @Parameter(required = true, example = "cpu_percent")
                    Optional<String> metricName,
            @QueryParam("from") @Parameter(example = "2026-11-20T08:00:00Z") Optional<String> from,
            @QueryParam("to") @Parameter(example = "2026-11-21T08:00:00Z") Optional<String> to,
            @QueryParam("step") @Parameter(example = "5m") Optional<String> step,
            @QueryParam("band") @DefaultValue("false") boolean band,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat,
            @Context UriInfo uri) {
        TenantId tenant = current.tenant();
        SeriesDirectory.Filter filter =
                SeriesFilters.of(
                        Ranges.required("cluster_id", clusterId),
                        Ranges.required("node_id", nodeId),
                        Ranges.required("metric_name", metricName),
                        uri);
        TimeFormat format = TimeFormat.of(timeFormat);
        Optional<Duration> width = TimeParameters.duration("step", step);
        TimeRange range = range(from, to, width, band);
        int most = band ? MOST_SERIES_WITH_BAND : MOST_SERIES;
        return directory
                .list(tenant, filter, 0, most + 1)
                .invoke(found -> requireFew(found, most))
                .chain(found ->
                        band ? judged(found, range, format) : read(found, range, width, format))
                .map(series -> MetricsJson.of(range, width, series, format));
    }

    private TimeRange range(
            Optional<String> from, Optional<String> to, Optional<Duration> step, boolean band) {
        Instant now = clock.instant();
        TimeRange range =
                Ranges.of(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        now,
                        Duration.ofDays(1));
        if (band && step.isPresent()) {
            throw ProblemException.invalid(
                    "?step", "not_with_band", "step and band=true exclude each other", "drop one");
        }
        Ranges.requireAtMost(
                range,
                step.isPresent() ? LONGEST_IN_STEPS : LONGEST,
                "ask for a shorter range, or for buckets with step");
        step.ifPresent(width -> Ranges.requireSteps(range, width, MOST_STEPS));
        return range;
    }

    private static void requireFew(List<Series> found, int most) {
        if (found.size() > most) {
            throw ProblemException.invalid(
                    "?metric_name",
                    "too_many_series",
                    "more than " + most + " series fit",
                    "tell them apart by label.<name>=<value>");
        }
    }

    private Uni<List<MetricsJson.Points>> read(
            List<Series> found, TimeRange range, Optional<Duration> step, TimeFormat format) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        TenantId tenant = found.getFirst().id().tenant();
        List<SeriesId> ids = found.stream().map(Series::id).toList();
        return step.isPresent()
                ? points.steps(tenant, ids, range, step.get(), MOST_POINTS * 10)
                        .map(steps ->
                                each(
                                        found,
                                        one ->
                                                MetricsJson.Points.of(
                                                        one,
                                                        steps.getOrDefault(one.id(), NO_STEPS),
                                                        format)))
                : points.points(tenant, ids, range, MOST_POINTS)
                        .map(columns ->
                                each(
                                        found,
                                        one ->
                                                MetricsJson.Points.of(
                                                        one,
                                                        columns.getOrDefault(
                                                                one.id(), PointReader.Points.NONE),
                                                        format)));
    }

    private static List<MetricsJson.Points> each(
            List<Series> found, Function<Series, MetricsJson.Points> points) {
        return found.stream().map(points).toList();
    }

    private Uni<List<MetricsJson.Points>> judged(
            List<Series> found, TimeRange range, TimeFormat format) {
        Uni<List<MetricsJson.Points>> all =
                Uni.createFrom().item(new java.util.ArrayList<MetricsJson.Points>());
        for (Series one : found) {
            all =
                    all.chain(done ->
                            judge.judge(one, range).map(judged -> with(done, one, judged, format)));
        }
        return all;
    }

    private static List<MetricsJson.Points> with(
            List<MetricsJson.Points> done, Series one, JudgedSeries judged, TimeFormat format) {
        done.add(MetricsJson.Points.of(one, judged, format));
        return done;
    }
}
