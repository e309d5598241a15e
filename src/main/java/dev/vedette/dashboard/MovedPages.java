package dev.vedette.dashboard;

import dev.vedette.aggregation.ShareTree;
import dev.vedette.aggregation.WindowRanking;
import dev.vedette.explanation.MetricNames;
import dev.vedette.series.TimeRange;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What else moved: every series of the tenant by how unusual it was in a window against before. */
@Path("/moved")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class MovedPages {
    private static final int SHOWN = 50;
    private static final int BRANCHES = 8;

    private final Visits visits;
    private final PageAnswers answers;
    private final WindowRanking ranking;

    MovedPages(Visits visits, PageAnswers answers, WindowRanking ranking) {
        this.visits = visits;
        this.answers = answers;
        this.ranking = ranking;
    }

    /** The page; without {@code from} and {@code to} of the window above it. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        Optional<String> from = Visits.query(context, "from");
        Optional<String> to = Visits.query(context, "to");
        return visits.of(context, Window.Length.HOUR)
                .chain(visit -> {
                    Optional<TimeRange> asked = range(visit, from, to);
                    boolean isWrong = asked.isEmpty() && (from.isPresent() || to.isPresent());
                    TimeRange shown = asked.orElse(visit.window().range());
                    WindowRanking.Question question =
                            WindowRanking.Question.of(shown, Optional.empty());
                    return answers.page(
                            visit,
                            visit.language().say("title.moved"),
                            "watch",
                            ranking.rank(visit.tenant().id(), question, 1000)
                                    .map(found ->
                                            Optional.of(view(visit, question, found, isWrong))),
                            Pages::moved);
                });
    }

    private static Optional<TimeRange> range(
            Visit visit, Optional<String> from, Optional<String> to) {
        Optional<Instant> start = from.flatMap(visit::moment);
        Optional<Instant> end = to.flatMap(visit::moment);
        return start.flatMap(first ->
                end.filter(last -> last.isAfter(first))
                        .map(last -> new TimeRange(first, last))
                        .filter(range -> range.duration().compareTo(WindowRanking.LONGEST) <= 0));
    }

    private static MovedView view(
            Visit visit,
            WindowRanking.Question question,
            WindowRanking.Ranking found,
            boolean isWrong) {
        Clock clock = visit.clock();
        List<WindowRanking.Moved> moved =
                found.moved().stream().filter(one -> one.rise() > 0).toList();
        int more = moved.size() - SHOWN;
        return new MovedView(
                headline(visit.language(), found.series(), moved),
                visit.language()
                        .say(
                                "moved.lead",
                                span(clock, question.window()),
                                span(clock, question.before())),
                moved.stream().limit(SHOWN).map(one -> line(clock, one)).toList(),
                more > 0 ? visit.language().say("moved.others") : "",
                ShareTree.of(moved, BRANCHES).stream()
                        .map(one -> branch(one, visit.language()))
                        .toList(),
                visit.field(question.window().from()),
                visit.field(question.window().to()),
                isWrong ? visit.language().say("moved.wrong") : "");
    }

    private static String headline(Language language, int series, List<WindowRanking.Moved> moved) {
        if (series == 0) {
            return language.say("moved.unjudged");
        }
        if (moved.isEmpty()) {
            return language.say("moved.nothing");
        }
        WindowRanking.Moved first = moved.getFirst();
        String metric =
                new MetricNames(language.words())
                        .of(first.key().metricName(), first.key().labels());
        return language.say("moved.most", metric, first.key().nodeId());
    }

    private static String span(Clock clock, TimeRange range) {
        return clock.at(range.from()) + " \u2013 " + clock.at(range.to());
    }

    private static MovedView.Line line(Clock clock, WindowRanking.Moved one) {
        return new MovedView.Line(
                one.key().nodeId(),
                one.key().clusterId(),
                NodeMaker.name(one.key()),
                "/series/" + one.id().value(),
                ScoreMark.of(one.peak(), clock.language()),
                clock.language().score(one.before())
                        + " \u2192 "
                        + clock.language().score(one.inside()),
                MovedView.Share.of(one.share(), clock.language()),
                clock.at(one.peakAt()));
    }

    private static MovedView.Branch branch(ShareTree.Branch branch, Language language) {
        return new MovedView.Branch(
                branch.name(),
                MovedView.Share.of(branch.share(), language),
                branch.parts().stream().map(one -> branch(one, language)).toList());
    }
}
