package dev.vedette.dashboard;

import dev.vedette.detection.backtest.BacktestRun;
import dev.vedette.detection.backtest.Backtests;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Ids;
import dev.vedette.http.ProblemException;
import dev.vedette.series.TimeRange;
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

    private final Visits visits;
    private final BacktestAnswers pages;
    private final Backtests backtests;
    private final Thresholds thresholds;
    private final CurrentCaller caller;

    BacktestPages(
            Visits visits,
            BacktestAnswers pages,
            Backtests backtests,
            Thresholds thresholds,
            CurrentCaller caller) {
        this.visits = visits;
        this.pages = pages;
        this.backtests = backtests;
        this.thresholds = thresholds;
        this.caller = caller;
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
                                        .chain(news -> pages.page(visit, form, days, news)));
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
                                        pages.page(
                                                visit,
                                                both.getItem2(),
                                                Long.toString(run.range().duration().toDays()),
                                                BacktestNews.of(run, both.getItem1()))));
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
        Sent sent = Sent.of(context, values);
        ThresholdForm form = ThresholdForm.of(sent::set);
        String days = sent.set("days").orElse(USUAL_DAYS);
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        Uni.createFrom()
                                .deferred(() ->
                                        backtests.queue(
                                                caller.caller(),
                                                pages.draft(form, visit.language()),
                                                past(visit, days, MOST_DAYS)))
                                .map(run -> to("/backtests?id=" + run.id() + "#run"))
                                .onFailure(BacktestPages::isExplained)
                                .recoverWithUni(refusal ->
                                        pages.page(
                                                visit, form, days, BacktestNews.refused(refusal))));
    }

    /** Stops a job; one that has ended is shown as it is. */
    @POST
    @Path("cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> cancel(RoutingContext context, MultivaluedMap<String, String> values) {
        UUID id = Ids.of("backtest", Sent.of(context, values).text("id"));
        return backtests
                .cancel(caller.tenant(), id)
                .replaceWithVoid()
                .onFailure(ProblemException.class)
                .recoverWithNull()
                .replaceWith(() -> to("/backtests?id=" + id + "#run"));
    }

    private Uni<BacktestNews> look(Visit visit, ThresholdForm form, String days) {
        return Uni.createFrom()
                .deferred(() ->
                        backtests.look(
                                visit.tenant().id(),
                                pages.draft(form, visit.language()),
                                past(visit, days, MOST_LOOKED_AT)))
                .map(found -> BacktestNews.of(found))
                .onFailure(BacktestPages::isExplained)
                .recoverWithItem(BacktestNews::refused);
    }

    private static TimeRange past(Visit visit, String days, int most) {
        int length = days.matches("[0-9]{1,3}") ? Math.clamp(Integer.parseInt(days), 1, most) : 7;
        return new TimeRange(
                visit.clock().now().minus(Duration.ofDays(length)), visit.clock().now());
    }

    private Uni<BacktestNews> applied(RoutingContext context) {
        return Visits.query(context, "applied")
                .map(name ->
                        thresholds
                                .find(caller.tenant(), name)
                                .map(rule -> BacktestNews.applied(rule))
                                .onFailure(ProblemException.class)
                                .recoverWithItem(BacktestNews.NONE))
                .orElse(Uni.createFrom().item(BacktestNews.NONE));
    }

    /** Stores the change as a rule, or as the next version of the rule of its name. */
    @POST
    @Path("apply")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> apply(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        ThresholdForm form = ThresholdForm.of(sent::set);
        return Uni.createFrom()
                .deferred(() ->
                        thresholds.put(
                                caller.caller(),
                                ThresholdPages.name(form, sent.language()),
                                form.scope(sent.language()),
                                form.fields(sent.language()),
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
                                        pages.page(
                                                visit,
                                                form,
                                                sent.set("days").orElse(USUAL_DAYS),
                                                BacktestNews.refused(refusal))));
    }

    /** Takes the last change of a rule back; one that was changed meanwhile is left as it is. */
    @POST
    @Path("roll-back")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> rollBack(RoutingContext context, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        return thresholds
                .rollBack(caller.caller(), sent.text("name"), sent.seen().orElse(0))
                .map(_ -> to("/thresholds"))
                .onFailure(ProblemException.class)
                .recoverWithUni(refusal ->
                        visits.of(context, Window.Length.DAY)
                                .chain(visit ->
                                        pages.page(
                                                visit,
                                                ThresholdForm.of(_ -> Optional.empty()),
                                                USUAL_DAYS,
                                                BacktestNews.refused(refusal))));
    }

    private static Response to(String path) {
        return Response.seeOther(URI.create(path)).build();
    }

    private static boolean isExplained(Throwable failure) {
        return failure instanceof ProblemException || failure instanceof IllegalArgumentException;
    }
}
