package dev.vedette.dashboard;

import dev.vedette.aggregation.ScoreLevel;
import dev.vedette.aggregation.ScoreQueries;
import dev.vedette.detection.AnomalyQueries;
import dev.vedette.detection.AnomalySource;
import dev.vedette.detection.PointReader;
import dev.vedette.detection.SeriesDirectory;
import dev.vedette.http.ProblemException;
import dev.vedette.incident.IncidentQueries;
import dev.vedette.series.Series;
import dev.vedette.series.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What pages show, as files of comma-separated values: the window of the page, times in UTC. */
@Path("/exports")
@RolesAllowed("viewer")
public class ExportPages {
    private static final int MOST_ROWS = 1000;
    private static final int MOST_POINTS = 20_000;

    private final Visits visits;
    private final SeriesReader series;
    private final SeriesDirectory directory;
    private final PointReader points;
    private final Bands bands;
    private final AnomalyQueries anomalies;
    private final IncidentQueries incidents;
    private final ScoreQueries scores;
    private final Companions companions;

    ExportPages(
            Visits visits,
            SeriesReader series,
            SeriesDirectory directory,
            PointReader points,
            Bands bands,
            AnomalyQueries anomalies,
            IncidentQueries incidents,
            ScoreQueries scores,
            Companions companions) {
        this.visits = visits;
        this.series = series;
        this.directory = directory;
        this.points = points;
        this.bands = bands;
        this.anomalies = anomalies;
        this.incidents = incidents;
        this.scores = scores;
        this.companions = companions;
    }

    /**
     * The points of a series with what was usual, the score, and what the page shows beside them;
     * the newest {@code MOST_POINTS}.
     */
    @GET
    @Path("points.csv")
    @Operation(hidden = true)
    public Uni<Response> points(RoutingContext context) {
        String id = Visits.query(context, "series").orElse("");
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        series.find(visit, id)
                                .map(found ->
                                        found.orElseThrow(
                                                () -> ProblemException.notFound("series", id)))
                                .chain(one -> judged(visit, one, Beside.of(context))));
    }

    private Uni<Response> judged(Visit visit, Series one, Beside asked) {
        return Uni.combine()
                .all()
                .unis(
                        bands.judged(
                                visit.tenant().id(),
                                List.of(one),
                                visit.window().range(),
                                MOST_POINTS),
                        companions.of(visit, one, asked))
                .with((found, beside) ->
                        file(
                                "points.csv",
                                PointsFile.of(
                                        found.getOrDefault(one.id(), List.of()), beside.lines())));
    }

    /** The series that fit the filter of the page, with their last points; the first thousand. */
    @GET
    @Path("series.csv")
    @Operation(hidden = true)
    public Uni<Response> series(RoutingContext context) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        directory
                                .list(visit.tenant().id(), filter(context), 0, MOST_ROWS)
                                .chain(found ->
                                        points.last(
                                                        visit.tenant().id(),
                                                        found.stream().map(Series::id).toList())
                                                .map(last ->
                                                        file(
                                                                "series.csv",
                                                                ExportFiles.series(found, last)))));
    }

    /** The filter of the list of series. */
    static SeriesDirectory.Filter filter(RoutingContext context) {
        return new SeriesDirectory.Filter(
                Visits.query(context, "cluster_id"),
                Visits.query(context, "node_id"),
                Visits.query(context, "metric_name"),
                Map.of());
    }

    /** The anomalies of a node, or of one metric of it; the newest thousand. */
    @GET
    @Path("anomalies.csv")
    @Operation(hidden = true)
    public Uni<Response> anomalies(RoutingContext context) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        anomalies
                                .list(
                                        visit.tenant().id(),
                                        filter(context, visit.window().range()),
                                        Optional.empty(),
                                        MOST_ROWS)
                                .map(found -> file("anomalies.csv", ExportFiles.anomalies(found))));
    }

    private static AnomalyQueries.Filter filter(RoutingContext context, TimeRange range) {
        return new AnomalyQueries.Filter(
                Optional.of(range.from()),
                Optional.of(range.to()),
                Visits.query(context, "cluster_id"),
                Visits.query(context, "node_id"),
                Visits.query(context, "metric_name"),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.of(AnomalySource.METRIC));
    }

    /**
     * The incidents, newest first; with {@code state=open} those that go on; the first thousand.
     */
    @GET
    @Path("incidents.csv")
    @Operation(hidden = true)
    public Uni<Response> incidents(RoutingContext context) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        incidents
                                .list(
                                        visit.tenant().id(),
                                        IncidentPages.filter(context),
                                        Optional.empty(),
                                        MOST_ROWS)
                                .map(found -> file("incidents.csv", ExportFiles.incidents(found))));
    }

    /** The nodes by their worst five minutes of the window; the first thousand. */
    @GET
    @Path("ranking.csv")
    @Operation(hidden = true)
    public Uni<Response> ranking(RoutingContext context) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        scores.rank(
                                        visit.tenant().id(),
                                        OverviewReader.question(ScoreLevel.NODE, visit.cells()),
                                        MOST_ROWS)
                                .map(found -> file("ranking.csv", ExportFiles.ranking(found))));
    }

    private static Response file(String name, Csv csv) {
        return Response.ok(csv.toString(), "text/csv; charset=UTF-8; header=present")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}
