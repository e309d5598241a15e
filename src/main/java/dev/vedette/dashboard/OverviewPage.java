package dev.vedette.dashboard;

import dev.vedette.aggregation.ScoreLevel;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** The first page: what is wrong, how the clusters stand, nodes by time. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class OverviewPage {
    private final Visits visits;
    private final Frames frames;
    private final OverviewReader reader;

    OverviewPage(Visits visits, Frames frames, OverviewReader reader) {
        this.visits = visits;
        this.frames = frames;
        this.reader = reader;
    }

    /**
     * The overview.
     *
     * @param level what the lanes are: {@code cluster} or {@code node}
     * @param rows {@code all} for every lane
     */
    @GET
    @RolesAllowed("viewer")
    @Operation(hidden = true)
    public Uni<TemplateInstance> overview(
            RoutingContext context, @RestQuery String level, @RestQuery String rows) {
        ScoreLevel lanes = "cluster".equals(level) ? ScoreLevel.CLUSTER : ScoreLevel.NODE;
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        Uni.combine()
                                .all()
                                .unis(
                                        frames.frame(visit, "Watch", "watch"),
                                        reader.read(visit, lanes, "all".equals(rows)))
                                .asTuple())
                .map(parts -> Pages.overview(parts.getItem1(), parts.getItem2()));
    }
}
