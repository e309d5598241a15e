package dev.vedette.dashboard;

import dev.vedette.http.UsageReports;
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

/** What the tenant uses of what it may: where administration begins. */
@Path("/admin")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("admin")
public class AdminPages {
    /** The entry of the navigation that all pages of administration stand under. */
    static final String SECTION = "admin";

    private final Visits visits;
    private final PageAnswers answers;
    private final UsageReports reports;

    AdminPages(Visits visits, PageAnswers answers, UsageReports reports) {
        this.visits = visits;
        this.answers = answers;
        this.reports = reports;
    }

    /** The tenant's usage. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> usage(RoutingContext context) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.usage"),
                                SECTION,
                                reports.of(visit.tenant().id())
                                        .map(report ->
                                                Optional.of(
                                                        new UsageWords(visit.language())
                                                                .view(
                                                                        visit.tenant().name(),
                                                                        report))),
                                Pages::usage));
    }
}
