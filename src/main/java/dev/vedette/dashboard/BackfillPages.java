package dev.vedette.dashboard;

import dev.vedette.detection.SeriesDirectory;
import dev.vedette.detection.backfill.Backfill;
import dev.vedette.detection.backfill.Backfills;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The list of backfills with their progress. */
@Path("/backfills")
public class BackfillPages {
    private static final int SHOWN = 50;

    private final Visits visits;
    private final PageAnswers answers;
    private final Backfills backfills;

    BackfillPages(Visits visits, PageAnswers answers, Backfills backfills) {
        this.visits = visits;
        this.answers = answers;
        this.backfills = backfills;
    }

    /** The tenant's newest backfills. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> list(RoutingContext context) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.backfills"),
                                "backfills",
                                backfills
                                        .list(visit.tenant().id(), Optional.empty(), SHOWN)
                                        .map(found -> Optional.of(view(visit.clock(), found))),
                                Pages::backfills));
    }

    private static BackfillsView view(Clock clock, List<Backfill> found) {
        long atWork = found.stream().filter(one -> one.progress().state().isActive()).count();
        String headline =
                atWork == 0
                        ? "No past is being judged again."
                        : atWork == 1
                                ? "One backfill is at work."
                                : atWork + " backfills are at work.";
        return new BackfillsView(
                headline, found.stream().map(one -> line(clock, one)).toList(), atWork > 0);
    }

    private static BackfillsView.Line line(Clock clock, Backfill backfill) {
        Backfill.Request request = backfill.request();
        Backfill.Progress progress = backfill.progress();
        return new BackfillsView.Line(
                clock.at(backfill.createdAt()),
                clock.dayTime(request.range().from()) + " – " + clock.dayTime(request.range().to()),
                what(request),
                request.engine().orElse("as set"),
                String.format(
                        Locale.ROOT,
                        "%.0f %% of %,d series",
                        100 * progress.share(),
                        progress.seriesTotal()),
                String.format(Locale.ROOT, "%,d", progress.anomalies()),
                progress.state().label()
                        + progress.failure().map(reason -> ": " + reason).orElse(""));
    }

    private static String what(Backfill.Request request) {
        if (request.reason() == Backfill.Reason.LATE_DATA) {
            return "points that came late";
        }
        SeriesDirectory.Filter filter = request.filter();
        List<String> parts = new ArrayList<>();
        filter.clusterId().ifPresent(parts::add);
        filter.nodeId().ifPresent(parts::add);
        filter.metricName().ifPresent(parts::add);
        filter.labels().forEach((name, value) -> parts.add(name + "=" + value));
        String what = parts.isEmpty() ? "all series" : String.join(" · ", parts);
        return request.reason() == Backfill.Reason.SCHEDULE ? what + ", on schedule" : what;
    }
}
