package dev.vedette.dashboard;

import dev.vedette.detection.Backtest;
import dev.vedette.detection.Backtests;
import dev.vedette.detection.engine.DetectionEngine;
import dev.vedette.detection.engine.EngineRegistry;
import dev.vedette.detection.threshold.MetricFamily;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
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
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A change of detection on the past: alarms as it is and with it, applied, rolled back. */
@Path("/backtests")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class BacktestPages {
    private static final String USUAL_DAYS = "7";

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
    private record News(Optional<Backtest> run, String problem, Optional<ThresholdRule> applied) {
        static final News NONE = new News(Optional.empty(), "", Optional.empty());

        static News refused(Throwable refusal) {
            return new News(
                    Optional.empty(),
                    Words.sentence(String.valueOf(refusal.getMessage())) + ".",
                    Optional.empty());
        }
    }

    /** The page; with {@code run} the change run, with {@code applied} the rule it became. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        ThresholdForm form = ThresholdForm.of(name -> Visits.query(context, name));
        String days = Visits.query(context, "days").orElse(USUAL_DAYS);
        boolean isRun = Visits.query(context, "run").isPresent();
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        (isRun ? run(visit, form, days) : applied(context))
                                .chain(news -> page(visit, form, days, news)));
    }

    private Uni<News> run(Visit visit, ThresholdForm form, String days) {
        return Uni.createFrom()
                .deferred(() ->
                        backtests.run(
                                visit.tenant().id(),
                                thresholds.draft(
                                        caller.caller(),
                                        ThresholdRule.isName(form.name()) ? form.name() : "draft",
                                        form.scope(),
                                        form.fields()),
                                past(visit, days)))
                .map(found -> new News(Optional.of(found), "", Optional.empty()))
                .onFailure(BacktestPages::isExplained)
                .recoverWithItem(News::refused);
    }

    private static TimeRange past(Visit visit, String days) {
        int length = days.matches("[0-9]{1,2}") ? Math.clamp(Integer.parseInt(days), 1, 28) : 7;
        return new TimeRange(
                visit.clock().now().minus(Duration.ofDays(length)), visit.clock().now());
    }

    private Uni<News> applied(RoutingContext context) {
        return Visits.query(context, "applied")
                .map(name ->
                        thresholds
                                .find(caller.tenant(), name)
                                .map(rule -> new News(Optional.empty(), "", Optional.of(rule)))
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
        BacktestMaker maker = new BacktestMaker(visit.clock());
        BacktestView view =
                new BacktestView(
                        maker.headline(news.run()),
                        maker.lead(news.run()),
                        form,
                        days,
                        Arrays.stream(MetricFamily.values()).map(MetricFamily::id).toList(),
                        engines.all().stream().map(DetectionEngine::id).toList(),
                        news.run().map(maker::sides).orElse(List.of()),
                        news.run().map(maker::lines).orElse(List.of()),
                        news.problem(),
                        news.applied().map(maker::applied).stream().toList(),
                        caller.caller().may(Role.EDITOR));
        return answers.page(
                visit,
                "Backtests",
                "backtests",
                Uni.createFrom().item(Optional.of(view)),
                Pages::backtests);
    }
}
