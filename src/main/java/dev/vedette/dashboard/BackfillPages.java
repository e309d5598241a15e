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
        Language language = clock.language();
        String headline = language.say("backfills.atWork", atWork, Figures.whole(atWork));
        return new BackfillsView(
                headline, found.stream().map(one -> line(clock, one)).toList(), atWork > 0);
    }

    private static BackfillsView.Line line(Clock clock, Backfill backfill) {
        Language language = clock.language();
        Backfill.Request request = backfill.request();
        Backfill.Progress progress = backfill.progress();
        return new BackfillsView.Line(
                clock.at(backfill.createdAt()),
                clock.dayTime(request.range().from()) + " – " + clock.dayTime(request.range().to()),
                what(request, language),
                request.engine().orElse(language.say("backfills.asSet")),
                language.say(
                        "backfills.done",
                        String.format(language.locale(), "%.0f", 100 * progress.share()),
                        String.format(language.locale(), "%,d", progress.seriesTotal())),
                String.format(language.locale(), "%,d", progress.anomalies()),
                language.say("backfill." + progress.state().label())
                        + progress.failure().map(reason -> ": " + reason).orElse(""));
    }

    private static String what(Backfill.Request request, Language language) {
        if (request.reason() == Backfill.Reason.LATE_DATA) {
            return language.say("backfills.late");
        }
        SeriesDirectory.Filter filter = request.filter();
        List<String> parts = new ArrayList<>();
        filter.clusterId().ifPresent(parts::add);
        filter.nodeId().ifPresent(parts::add);
        filter.metricName().ifPresent(parts::add);
        filter.labels().forEach((name, value) -> parts.add(name + "=" + value));
        String what = parts.isEmpty() ? language.say("backfills.all") : String.join(" · ", parts);
        return request.reason() == Backfill.Reason.SCHEDULE
                ? language.say("backfills.onSchedule", what)
                : what;
    }
}
