package dev.vedette.detection.rest;

import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.ProblemKind;
import dev.vedette.http.TimeFormat;
import dev.vedette.series.Series;
import dev.vedette.series.SeriesId;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The catalogue of series. */
@Path("/api/v1/series")
@Tag(name = "Metrics")
public class SeriesResource {
    private final CurrentCaller current;
    private final SeriesDirectory directory;
    private final PointReader points;
    private final Cursors cursors;

    SeriesResource(
            CurrentCaller current, SeriesDirectory directory, PointReader points, Cursors cursors) {
        this.current = current;
        this.directory = directory;
        this.points = points;
        this.cursors = cursors;
    }

    /** Lists the tenant's series, oldest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "List series",
            operationId = "listSeries",
            description = "Filter by labels with label.<name>=<value>")
    public Uni<Page<SeriesJson>> list(
            @QueryParam("cluster_id") @Parameter(example = "edge") Optional<String> clusterId,
            @QueryParam("node_id") @Parameter(example = "api-05") Optional<String> nodeId,
            @QueryParam("metric_name") @Parameter(example = "cpu_percent")
                    Optional<String> metricName,
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat,
            @Context UriInfo uri) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        SeriesDirectory.Filter filter = SeriesFilters.of(clusterId, nodeId, metricName, uri);
        List<?> question = List.of("series", tenant, filter);
        long after = cursors.decode(question, cursor).map(SeriesResource::place).orElse(0L);
        return directory
                .list(tenant, filter, after, Math.min(Pages.limit(limit), 999) + 1)
                .chain(rows -> page(tenant, rows, Math.min(limit, 999), question, format));
    }

    private Uni<Page<SeriesJson>> page(
            TenantId tenant, List<Series> rows, int limit, List<?> question, TimeFormat format) {
        List<SeriesId> ids = rows.stream().map(Series::id).toList();
        return Uni.combine()
                .all()
                .unis(points.last(tenant, ids), directory.detectors(tenant, ids))
                .with((last, detectors) ->
                        Page.of(
                                rows,
                                limit,
                                row ->
                                        SeriesJson.of(
                                                row,
                                                Optional.ofNullable(last.get(row.id())),
                                                Optional.ofNullable(detectors.get(row.id())),
                                                format),
                                row ->
                                        cursors.encode(
                                                question,
                                                List.of(String.valueOf(row.id().value())))));
    }

    private static long place(List<String> place) {
        try {
            return Long.parseLong(place.getFirst());
        } catch (NumberFormatException e) {
            throw ProblemException.of(ProblemKind.BAD_CURSOR, "the cursor holds no series");
        }
    }
}
