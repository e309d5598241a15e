package dev.vedette.dashboard;

import dev.vedette.detection.ThresholdTrials;
import dev.vedette.detection.threshold.TenantThresholds;
import dev.vedette.detection.threshold.ThresholdRule;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.series.TimeRange;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The rules of the tenant, with a form that makes, changes and tries one. */
@Path("/thresholds")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class ThresholdPages {
    private static final Duration TRIED = Duration.ofDays(7);

    private final Visits visits;
    private final PageAnswers answers;
    private final Thresholds thresholds;
    private final ThresholdTrials trials;
    private final ThresholdMaker maker;
    private final CurrentCaller caller;

    ThresholdPages(
            Visits visits,
            PageAnswers answers,
            Thresholds thresholds,
            ThresholdTrials trials,
            ThresholdMaker maker,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.thresholds = thresholds;
        this.trials = trials;
        this.maker = maker;
        this.caller = caller;
    }

    /** The rules; with {@code rule} one of them in the form, with {@code try} the form tried. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        ThresholdForm form = ThresholdForm.of(name -> Visits.query(context, name));
        Optional<String> chosen = Visits.query(context, "rule");
        boolean isTrial = Visits.query(context, "try").isPresent();
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        isTrial
                                ? tried(visit, form).chain(news -> page(visit, form, news))
                                : chosen(visit, chosen)
                                        .chain(known ->
                                                page(
                                                        visit,
                                                        known.map(ThresholdForm::of).orElse(form),
                                                        ThresholdMaker.News.NONE)));
    }

    /** Stores or deletes the rule of the form and shows the page again. */
    @POST
    @Path("save")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> save(RoutingContext context, MultivaluedMap<String, String> sent) {
        ThresholdForm form = ThresholdForm.of(name -> Optional.ofNullable(sent.getFirst(name)));
        Response back = Response.seeOther(URI.create("/thresholds")).build();
        return Uni.createFrom()
                .deferred(() ->
                        "delete".equals(sent.getFirst("action"))
                                ? delete(form)
                                : store(form, Visits.language(context)))
                .replaceWith(back)
                .onFailure(ThresholdPages::isExplained)
                .recoverWithUni(failure ->
                        visits.of(context, Window.Length.DAY)
                                .chain(visit ->
                                        page(
                                                visit,
                                                form,
                                                ThresholdMaker.News.of(
                                                        String.valueOf(failure.getMessage())))));
    }

    private Uni<?> store(ThresholdForm form, Language language) {
        return thresholds.put(
                caller.caller(),
                name(form, language),
                form.scope(language),
                form.fields(language),
                form.revision());
    }

    /**
     * The name of the form's rule.
     *
     * @throws IllegalArgumentException when it is none
     */
    static String name(ThresholdForm form, Language language) {
        if (!ThresholdRule.isName(form.name())) {
            throw new IllegalArgumentException(language.say("thresholds.noName"));
        }
        return form.name();
    }

    private Uni<?> delete(ThresholdForm form) {
        return thresholds.delete(caller.caller(), form.name(), form.revision().orElse(0));
    }

    private static boolean isExplained(Throwable failure) {
        return failure instanceof ProblemException || failure instanceof IllegalArgumentException;
    }

    private Uni<Optional<ThresholdRule>> chosen(Visit visit, Optional<String> name) {
        return name.map(known ->
                        thresholds
                                .find(visit.tenant().id(), known)
                                .map(Optional::of)
                                .onFailure(ProblemException.class)
                                .recoverWithItem(Optional.empty()))
                .orElse(Uni.createFrom().item(Optional.empty()));
    }

    private Uni<ThresholdMaker.News> tried(Visit visit, ThresholdForm form) {
        TenantId tenant = visit.tenant().id();
        return Uni.createFrom()
                .deferred(() -> {
                    ThresholdRule draft =
                            thresholds.draft(
                                    caller.caller(),
                                    ThresholdRule.isName(form.name()) ? form.name() : "draft",
                                    form.scope(visit.language()),
                                    form.fields(visit.language()));
                    TimeRange range =
                            new TimeRange(visit.clock().now().minus(TRIED), visit.clock().now());
                    return thresholds
                            .current(tenant)
                            .chain(rules ->
                                    trials.run(
                                            tenant,
                                            draft.scope(),
                                            range,
                                            trial ->
                                                    effects(
                                                            visit.language(),
                                                            trial,
                                                            rules,
                                                            draft)));
                })
                .map(effects -> new ThresholdMaker.News("", effects, true))
                .onFailure(ThresholdPages::isExplained)
                .recoverWithItem(
                        failure -> ThresholdMaker.News.of(String.valueOf(failure.getMessage())));
    }

    private static List<ThresholdsView.Effect> effects(
            Language language,
            ThresholdTrials.Trial trial,
            TenantThresholds rules,
            ThresholdRule draft) {
        Stream<ThresholdsView.Effect> ofSeries =
                trial.series().stream()
                        .map(one ->
                                new ThresholdsView.Effect(
                                        NodeMaker.on(one, language),
                                        trial.alarms(one, rules.plan(one)),
                                        trial.alarms(
                                                one,
                                                rules.resolve(one, Optional.of(draft)).plan())));
        Stream<ThresholdsView.Effect> ofNode =
                trial.node().stream()
                        .map(one ->
                                new ThresholdsView.Effect(
                                        language.say("incident.whole", one.node().nodeId()),
                                        one.alarms(rules, Optional.empty()),
                                        one.alarms(rules, Optional.of(draft))));
        return Stream.concat(ofSeries, ofNode).toList();
    }

    private Uni<Response> page(Visit visit, ThresholdForm form, ThresholdMaker.News news) {
        boolean mayEdit = caller.caller().may(Role.EDITOR);
        return answers.page(
                visit,
                visit.language().say("title.thresholds"),
                "thresholds",
                thresholds
                        .list(visit.tenant().id(), Optional.empty(), Thresholds.MOST)
                        .map(rules -> Optional.of(maker.view(visit, rules, form, news, mayEdit))),
                Pages::thresholds);
    }
}
