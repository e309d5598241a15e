package dev.vedette.dashboard;

import dev.vedette.detection.backtest.Backtest;
import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.backtest.Backtests;
import dev.vedette.detection.engine.DetectionEngine;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Ids;
import dev.vedette.http.ProblemException;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A change of detection on the past: alarms as it is and with it, applied, rolled back. */
@Path("/backtests")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class BacktestPages {
    private static final String USUAL_DAYS = "7";
    private static final int MOST_LOOKED_AT = 28;
    private static final int MOST_DAYS = 366;
    private static final int LISTED = 20;

    private final Visits visits;
    private final PageAnswers answers;
    private final Backtests backtests;
    private final Thresholds thresholds;
    private final EngineRegistry engines;
    private final CurrentCaller caller;

    BacktestPages(
            Visits visits,
            PageAnswers answers,
            Backtests backtests,
            Thresholds thresholds,
            EngineRegistry engines,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.backtests = backtests;
        this.thresholds = thresholds;
        this.engines = engines;
        this.caller = caller;
    }

    /** What was just done: a run, a refusal, a rule that was applied. */
    private record News(
            Optional<Backtest> run,
            Optional<BacktestRun> job,
            String problem,
            Optional<ThresholdRule> applied) {
        static final News NONE = new News(Optional.empty(), Optional.empty(), "", Optional.empty());

        static News of(BacktestRun job, Optional<Backtest> result) {
            return new News(result, Optional.of(job), "", Optional.empty());
        }

        static News refused(Throwable refusal) {
            return new News(
                    Optional.empty(),
                    Optional.empty(),
                    Words.sentence(String.valueOf(refusal.getMessage())) + ".",
                    Optional.empty());
        }
    }

    /**
     * The page; with {@code run} a quick look at the change, with {@code id} a job and its result,
     * with {@code applied} the rule it became.
     */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        ThresholdForm form = ThresholdForm.of(name -> Visits.query(context, name));
        String days = Visits.query(context, "days").orElse(USUAL_DAYS);
        Optional<String> id = Visits.query(context, "id");
        boolean isRun = Visits.query(context, "run").isPresent();
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        id.isPresent()
                                ? job(visit, id.get())
                                : (isRun ? look(visit, form, days) : applied(context))
                                        .chain(news -> page(visit, form, days, news)));
    }

    private Uni<Response> job(Visit visit, String id) {
        return backtests
                .find(visit.tenant().id(), Ids.of("backtest", id))
                .chain(run ->
                        Uni.combine()
                                .all()
                                .unis(backtests.result(run), form(run))
                                .asTuple()
                                .chain(both ->
                                        page(
                                                visit,
                                                both.getItem2(),
                                                Long.toString(run.range().duration().toDays()),
                                                News.of(run, both.getItem1()))));
    }

    // Applying it makes the next version of the rule as it is now.
    private Uni<ThresholdForm> form(BacktestRun run) {
        ThresholdForm form = ThresholdForm.of(run.draft());
        return thresholds
                .find(run.tenant(), run.draft().name())
                .map(stored -> form.seenAs(Long.toString(stored.revision())))
                .onFailure(ProblemException.class)
                .recoverWithItem(form.seenAs(""));
    }

    /** Queues the change on every series that fits. */
    @POST
    @Path("run")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> queue(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = new Sent(values);
        ThresholdForm form = ThresholdForm.of(sent::set);
        String days = sent.set("days").orElse(USUAL_DAYS);
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        Uni.createFrom()
                                .deferred(() ->
                                        backtests.queue(
                                                caller.caller(),
                                                draft(form),
                                                past(visit, days, MOST_DAYS)))
                                .map(run -> to("/backtests?id=" + run.id() + "#run"))
                                .onFailure(BacktestPages::isExplained)
                                .recoverWithUni(
                                        refusal -> page(visit, form, days, News.refused(refusal))));
    }

    /** Stops a job; one that has ended is shown as it is. */
    @POST
    @Path("cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> cancel(MultivaluedMap<String, String> values) {
        UUID id = Ids.of("backtest", new Sent(values).text("id"));
        return backtests
                .cancel(caller.tenant(), id)
                .replaceWithVoid()
                .onFailure(ProblemException.class)
                .recoverWithNull()
                .replaceWith(() -> to("/backtests?id=" + id + "#run"));
    }

    private Uni<News> look(Visit visit, ThresholdForm form, String days) {
        return Uni.createFrom()
                .deferred(() ->
                        backtests.look(
                                visit.tenant().id(),
                                draft(form),
                                past(visit, days, MOST_LOOKED_AT)))
                .map(found -> new News(Optional.of(found), Optional.empty(), "", Optional.empty()))
                .onFailure(BacktestPages::isExplained)
                .recoverWithItem(News::refused);
    }

    private ThresholdRule draft(ThresholdForm form) {
        return thresholds.draft(
                caller.caller(),
                ThresholdRule.isName(form.name()) ? form.name() : "draft",
                form.scope(),
                form.fields());
    }

    private static TimeRange past(Visit visit, String days, int most) {
        int length = days.matches("[0-9]{1,3}") ? Math.clamp(Integer.parseInt(days), 1, most) : 7;
        return new TimeRange(
                visit.clock().now().minus(Duration.ofDays(length)), visit.clock().now());
    }

    private Uni<News> applied(RoutingContext context) {
        return Visits.query(context, "applied")
                .map(name ->
                        thresholds
                                .find(caller.tenant(), name)
                                .map(rule ->
                                        new News(
                                                Optional.empty(),
                                                Optional.empty(),
                                                "",
                                                Optional.of(rule)))
                                .onFailure(ProblemException.class)
                                .recoverWithItem(News.NONE))
                .orElse(Uni.createFrom().item(News.NONE));
    }

    /** Stores the change as a rule, or as the next version of the rule of its name. */
    @POST
    @Path("apply")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> apply(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = new Sent(values);
        ThresholdForm form = ThresholdForm.of(sent::set);
        return Uni.createFrom()
                .deferred(() ->
                        thresholds.put(
                                caller.caller(),
                                ThresholdPages.name(form),
                                form.scope(),
                                form.fields(),
                                form.revision()))
                .map(stored ->
                        to(
                                "/backtests?applied="
                                        + Frames.encode(stored.rule().name())
                                        + "#applied"))
                .onFailure(BacktestPages::isExplained)
                .recoverWithUni(refusal ->
                        visits.of(context, Window.Length.DAY)
                                .chain(visit ->
                                        page(
                                                visit,
                                                form,
                                                sent.set("days").orElse(USUAL_DAYS),
                                                News.refused(refusal))));
    }

    /** Takes the last change of a rule back; one that was changed meanwhile is left as it is. */
    @POST
    @Path("roll-back")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> rollBack(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = new Sent(values);
        return thresholds
                .rollBack(caller.caller(), sent.text("name"), sent.seen().orElse(0))
                .map(_ -> to("/thresholds"))
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal ->
                        visits.of(context, Window.Length.DAY)
                                .chain(visit ->
                                        page(
                                                visit,
                                                ThresholdForm.of(_ -> Optional.empty()),
                                                USUAL_DAYS,
                                                News.refused(refusal))));
    }

    private static Response to(String path) {
        return Response.seeOther(URI.create(path)).build();
    }

    private static boolean isExplained(Throwable failure) {
        return failure instanceof ProblemException || failure instanceof IllegalArgumentException;
    }

    private Uni<Response> page(Visit visit, ThresholdForm form, String days, News news) {
        return answers.page(
                visit,
                visit.language().say("title.backtests"),
                "backtests",
                backtests
                        .list(visit.tenant().id(), Optional.empty(), LISTED)
                        .map(jobs -> Optional.of(view(visit, form, days, news, jobs))),
                Pages::backtests);
    }

    private BacktestView view(
            Visit visit, ThresholdForm form, String days, News news, List<BacktestRun> jobs) {
        BacktestMaker maker = new BacktestMaker(visit.clock());
        return new BacktestView(
                maker.headline(news.run(), news.job()),
                maker.lead(news.run(), news.job()),
                form,
                days,
                Arrays.stream(MetricFamily.values()).map(MetricFamily::id).toList(),
                engines.all().stream().map(DetectionEngine::id).toList(),
                news.job().map(maker::job).stream().toList(),
                news.run().map(maker::sides).orElse(List.of()),
                news.run().map(maker::lines).orElse(List.of()),
                news.problem(),
                news.applied().map(maker::applied).stream().toList(),
                jobs.stream().map(maker::job).toList(),
                code(visit, form, news),
                caller.caller().may(Role.EDITOR)
                        && !news.job().map(BacktestPages::isOfOneSeries).orElse(false));
    }

    private List<AsCode> code(Visit visit, ThresholdForm form, News news) {
        return news.job()
                .map(run -> AsCode.ofBacktest(visit, run.draft(), run.range()))
                .or(() ->
                        news.run().map(look -> AsCode.ofBacktest(visit, draft(form), look.range())))
                .orElse(List.of());
    }

    // The form has no labels: applied from here it would be about more series.
    private static boolean isOfOneSeries(BacktestRun run) {
        return run.draft().scope().labels().isPresent();
    }
}
