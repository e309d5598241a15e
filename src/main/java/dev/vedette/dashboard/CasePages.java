package dev.vedette.dashboard;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.http.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The pages of one thing, a node, an anomaly or a series, and the list of series. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class CasePages {
    private final Visits visits;
    private final PageAnswers answers;
    private final NodeReader nodes;
    private final AnomalyReader anomalies;
    private final SeriesReader series;
    private final SeriesDirectory directory;

    CasePages(
            Visits visits,
            PageAnswers answers,
            NodeReader nodes,
            AnomalyReader anomalies,
            SeriesReader series,
            SeriesDirectory directory) {
        this.visits = visits;
        this.answers = answers;
        this.nodes = nodes;
        this.anomalies = anomalies;
        this.series = series;
        this.directory = directory;
    }

    /** The page of one node. */
    @GET
    @Path("nodes/{cluster}/{node}")
    @Operation(hidden = true)
    public Uni<Response> node(
            RoutingContext context, @RestPath String cluster, @RestPath String node) {
        return visits.of(context, Window.Length.SIX_HOURS)
                .chain(visit ->
                        answers.page(
                                visit,
                                node,
                                "watch",
                                nodes.read(visit, cluster, node),
                                Pages::node));
    }

    /** The page of one anomaly. */
    @GET
    @Path("anomalies/{id}")
    @Operation(hidden = true)
    public Uni<Response> anomaly(RoutingContext context, @RestPath String id) {
        return visits.of(context, Window.Length.SIX_HOURS)
                .chain(visit ->
                        Ids.find(id)
                                .map(known -> anomalies.elsewhere(visit, known))
                                .orElse(Uni.createFrom().item(Optional.empty()))
                                .chain(elsewhere ->
                                        elsewhere
                                                .map(there ->
                                                        Uni.createFrom()
                                                                .item(
                                                                        Response.seeOther(there)
                                                                                .build()))
                                                .orElseGet(() -> anomaly(visit, id))));
    }

    private Uni<Response> anomaly(Visit visit, String id) {
        return answers.page(
                visit,
                visit.language().say("title.anomaly"),
                "watch",
                Ids.find(id)
                        .map(known -> anomalies.read(visit, known))
                        .orElse(Uni.createFrom().item(Optional.empty())),
                Pages::anomaly);
    }

    /** The page of one series. */
    @GET
    @Path("series/{id}")
    @Operation(hidden = true)
    public Uni<Response> series(RoutingContext context, @RestPath String id) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.series"),
                                "explore",
                                series.read(
                                        visit, id, Visits.query(context, "at"), Beside.of(context)),
                                Pages::series));
    }

    /** The series that fit the filter. */
    @GET
    @Path("explore")
    @Operation(hidden = true)
    public Uni<Response> explore(RoutingContext context) {
        SeriesDirectory.Filter filter = ExportPages.filter(context);
        long from =
                Visits.query(context, "after")
                        .filter(id -> id.matches("[0-9]{1,18}"))
                        .map(Long::parseLong)
                        .orElse(0L);
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.explore"),
                                "explore",
                                series.list(visit, filter, from).map(Optional::of),
                                Pages::explore));
    }

    /** Goes where the text leads: a node's page, else the series of that cluster or metric. */
    @GET
    @Path("jump")
    @Operation(hidden = true)
    public Uni<Response> jump(RoutingContext context) {
        Optional<String> wanted = Visits.query(context, "q").map(String::strip);
        SeriesDirectory.Filter nodeFilter =
                new SeriesDirectory.Filter(Optional.empty(), wanted, Optional.empty(), Map.of());
        SeriesDirectory.Filter clusterFilter =
                new SeriesDirectory.Filter(wanted, Optional.empty(), Optional.empty(), Map.of());
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        Uni.combine()
                                .all()
                                .unis(
                                        directory.list(visit.tenant().id(), nodeFilter, 0, 1),
                                        directory.list(visit.tenant().id(), clusterFilter, 0, 1))
                                .asTuple())
                .map(found -> {
                    String text = wanted.orElse("");
                    String href =
                            text.isEmpty()
                                    ? "/explore"
                                    : !found.getItem1().isEmpty()
                                            ? Links.node(
                                                    found.getItem1().getFirst().key().clusterId(),
                                                    text,
                                                    "")
                                            : !found.getItem2().isEmpty()
                                                    ? Links.cluster(text)
                                                    : "/explore?metric_name=" + Frames.encode(text);
                    return Response.seeOther(URI.create(href)).build();
                });
    }
}
