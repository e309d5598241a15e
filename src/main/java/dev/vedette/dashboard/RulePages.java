package dev.vedette.dashboard;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.review.Reviews;
import dev.vedette.transaction.rule.CompiledRule;
import dev.vedette.transaction.rule.Rule;
import dev.vedette.transaction.rule.RuleExpressionException;
import dev.vedette.transaction.rule.RuleVersion;
import dev.vedette.transaction.scoring.RuleBacktests;
import dev.vedette.transaction.scoring.RuleStore;
import dev.vedette.transaction.scoring.Rules;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The rules about payments, with a form that writes, checks, tries and publishes one. */
@Path("/rules")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class RulePages {
    private static final Duration TRIED = Duration.ofDays(30);

    private final Visits visits;
    private final PageAnswers answers;
    private final Rules rules;
    private final RuleBacktests backtests;
    private final Reviews reviews;
    private final CurrentCaller caller;

    RulePages(
            Visits visits,
            PageAnswers answers,
            Rules rules,
            RuleBacktests backtests,
            Reviews reviews,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.rules = rules;
        this.backtests = backtests;
        this.reviews = reviews;
        this.caller = caller;
    }

    /** The rules; with {@code rule} one in the form, with {@code try} the form checked or tried. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> show(RoutingContext context) {
        RuleForm form = RuleForm.of(name -> Visits.query(context, name));
        Optional<String> chosen = Visits.query(context, "rule");
        Optional<String> asked = Visits.query(context, "try");
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        versions(visit, chosen.orElse(form.name()))
                                .chain(versions -> {
                                    RuleForm shown =
                                            chosen.isPresent() && !versions.isEmpty()
                                                    ? RuleForm.of(versions.getFirst().rule())
                                                    : form;
                                    return news(visit, shown, asked)
                                            .chain(news -> page(visit, shown, versions, news));
                                }));
    }

    private Uni<RuleMaker.News> news(Visit visit, RuleForm form, Optional<String> asked) {
        if (asked.isEmpty()) {
            return Uni.createFrom().item(RuleMaker.News.NONE);
        }
        Instant now = visit.clock().now();
        TenantId tenant = visit.tenant().id();
        return compiled(tenant, form.expression())
                .chain(rule ->
                        asked.get().equals("backtest")
                                ? backtests
                                        .run(tenant, rule, now.minus(TRIED), now)
                                        .map(RuleMaker.News::tried)
                                : Uni.createFrom().item(good(rule, visit.language())))
                .onFailure(RulePages::isExplained)
                .recoverWithItem(RulePages::explained);
    }

    private static RuleMaker.News good(CompiledRule rule, Language language) {
        return RuleMaker.News.checked(
                language.say("rules.understood", String.join(", ", rule.names())));
    }

    private Uni<CompiledRule> compiled(TenantId tenant, String expression) {
        return rules.compiler(tenant)
                .map(compiler -> {
                    try {
                        return compiler.compile(expression);
                    } catch (RuleExpressionException e) {
                        throw new Unreadable(e);
                    }
                });
    }

    /** What is wrong with the expression, on its way through a Uni. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient RuleExpressionException why;

        Unreadable(RuleExpressionException why) {
            super(why);
            this.why = why;
        }
    }

    private static boolean isExplained(Throwable failure) {
        return failure instanceof Unreadable
                || failure instanceof ProblemException
                || failure instanceof IllegalArgumentException;
    }

    private static RuleMaker.News explained(Throwable failure) {
        return failure instanceof Unreadable unreadable
                ? RuleMaker.News.issues(unreadable.why.issues())
                : RuleMaker.News.problem(Words.refusal(failure));
    }

    /** Stores, publishes or deletes the rule of the form and shows it again. */
    @POST
    @Path("save")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> save(RoutingContext context, MultivaluedMap<String, String> sent) {
        RuleForm form = RuleForm.of(name -> Optional.ofNullable(sent.getFirst(name)));
        String action = Optional.ofNullable(sent.getFirst("action")).orElse("save");
        return Uni.createFrom()
                .deferred(() -> done(form, action, Visits.language(context)))
                .map(there -> Response.seeOther(URI.create(there)).build())
                .onFailure(RulePages::isExplained)
                .recoverWithUni(failure ->
                        visits.of(context, Window.Length.DAY)
                                .chain(visit ->
                                        versions(visit, form.name())
                                                .chain(versions ->
                                                        page(
                                                                visit,
                                                                form,
                                                                versions,
                                                                explained(failure)))));
    }

    private Uni<String> done(RuleForm form, String action, Language language) {
        if (action.equals("delete")) {
            return rules.delete(caller.caller(), form.name()).replaceWith("/rules");
        }
        Rule rule = form.rule(language);
        Uni<RuleVersion> stored =
                compiled(caller.tenant(), rule.expression())
                        .chain(() -> rules.draft(caller.caller(), rule));
        return (action.equals("publish")
                        ? stored.chain(() -> rules.publish(caller.caller(), rule.name()))
                        : stored)
                .replaceWith(Links.rule(rule.name()));
    }

    private Uni<List<RuleVersion>> versions(Visit visit, String name) {
        return name.isEmpty() || name.indexOf(0) >= 0
                ? Uni.createFrom().item(List.of())
                : rules.versions(visit.tenant().id(), name)
                        .onFailure(ProblemException.class)
                        .recoverWithItem(List.of());
    }

    private Uni<Response> page(
            Visit visit, RuleForm form, List<RuleVersion> versions, RuleMaker.News news) {
        TenantId tenant = visit.tenant().id();
        boolean mayEdit = caller.caller().may(Role.EDITOR);
        return answers.page(
                visit,
                visit.language().say("title.rules"),
                "payments",
                Uni.combine()
                        .all()
                        .unis(
                                rules.list(tenant, Optional.empty(), RuleStore.MOST),
                                reviews.precision(tenant),
                                rules.names(tenant))
                        .with((all, precision, names) ->
                                Optional.of(
                                        new RuleMaker(visit.clock())
                                                .view(
                                                        all,
                                                        precision,
                                                        form,
                                                        news,
                                                        versions,
                                                        List.copyOf(names.types().keySet()),
                                                        mayEdit))),
                Pages::rules);
    }
}
