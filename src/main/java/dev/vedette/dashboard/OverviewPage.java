package dev.vedette.dashboard;

import dev.vedette.aggregation.ScoreLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** The first page: what is wrong, how the clusters stand, nodes by time. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class OverviewPage {
    private final Visits visits;
    private final PageAnswers answers;
    private final OverviewReader reader;

    OverviewPage(Visits visits, PageAnswers answers, OverviewReader reader) {
        this.visits = visits;
        this.answers = answers;
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
    public Uni<Response> overview(
            RoutingContext context, @RestQuery String level, @RestQuery String rows) {
        ScoreLevel lanes = "cluster".equals(level) ? ScoreLevel.CLUSTER : ScoreLevel.NODE;
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.watch"),
                                "watch",
                                reader.read(visit, lanes, "all".equals(rows)).map(Optional::of),
                                Pages::overview));
    }
}
