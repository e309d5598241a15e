package dev.vedette.dashboard;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.review.Precision;
import dev.vedette.transaction.review.Reviews;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The models trained for the tenant, and what they may do. */
@Path("/models")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class ModelPages {
    private final Visits visits;
    private final PageAnswers answers;
    private final Models models;
    private final Reviews reviews;
    private final CurrentCaller caller;

    ModelPages(
            Visits visits,
            PageAnswers answers,
            Models models,
            Reviews reviews,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.models = models;
        this.reviews = reviews;
        this.caller = caller;
    }

    /** All versions, newest first. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> list(RoutingContext context) {
        return page(context, "");
    }

    /** Moves a version, or goes back to the one before, and shows the page again. */
    @POST
    @Path("{version}")
    @RolesAllowed("editor")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> move(
            RoutingContext context, @RestPath String version, @FormParam("to") String to) {
        return Uni.createFrom()
                .deferred(() -> moved(version, Optional.ofNullable(to).orElse("")))
                .replaceWith(Response.seeOther(URI.create("/models")).build())
                .onFailure(ProblemException.class)
                .recoverWithUni(failure -> page(context, String.valueOf(failure.getMessage())));
    }

    private Uni<ModelVersion> moved(String version, String to) {
        if (to.equals("roll-back")) {
            return models.rollBack(caller.caller());
        }
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw ProblemException.notFound("model", "…");
        }
        ModelVersion.State state =
                switch (to) {
                    case "promote" -> ModelVersion.State.PROMOTED;
                    case "shadow" -> ModelVersion.State.SHADOW;
                    case "retire" -> ModelVersion.State.RETIRED;
                    default -> throw ProblemException.notFound("move", "…");
                };
        return models.move(caller.caller(), Integer.parseInt(version), state);
    }

    private Uni<Response> page(RoutingContext context, String problem) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit -> {
                    TenantId tenant = visit.tenant().id();
                    return answers.page(
                            visit,
                            visit.language().say("title.models"),
                            "payments",
                            Uni.combine()
                                    .all()
                                    .unis(models.versions(tenant), reviews.precision(tenant))
                                    .with((all, precision) ->
                                            Optional.of(view(visit, all, precision, problem))),
                            Pages::models);
                });
    }

    private ModelsView view(
            Visit visit, List<ModelVersion> all, List<Precision> precision, String problem) {
        boolean mayMove = caller.caller().may(Role.EDITOR);
        return new ModelsView(
                lead(all, visit.language()),
                all.stream().map(one -> line(visit.clock(), one, precision)).toList(),
                problem,
                mayMove);
    }

    private static String lead(List<ModelVersion> all, Language language) {
        return all.stream()
                .filter(one -> one.state() == ModelVersion.State.PROMOTED)
                .findFirst()
                .map(one -> language.say("models.decides", Integer.toString(one.version())))
                .orElse(language.say("models.none"));
    }

    private static ModelsView.Line line(Clock clock, ModelVersion one, List<Precision> precision) {
        return new ModelsView.Line(
                Integer.toString(one.version()),
                one.kind(),
                clock.language().say("model." + one.state().label()),
                one.metrics().entrySet().stream()
                        .map(metric ->
                                new TransactionView.Detail(
                                        metric.getKey(),
                                        new Figures(1, 3, "")
                                                .in(clock.language())
                                                .number(metric.getValue())))
                        .toList(),
                PrecisionWords.of(
                        precision,
                        Precision.Kind.MODEL,
                        Integer.toString(one.version()),
                        clock.language()),
                one.author() + ", " + clock.dayTime(one.createdAt()),
                moves(one.state(), clock.language()));
    }

    private static List<ModelsView.Move> moves(ModelVersion.State state, Language language) {
        ModelsView.Move promote = new ModelsView.Move("promote", language.say("models.promote"));
        ModelsView.Move shadow = new ModelsView.Move("shadow", language.say("models.shadow"));
        ModelsView.Move retire = new ModelsView.Move("retire", language.say("models.retire"));
        return switch (state) {
            case REGISTERED, RETIRED -> List.of(promote, shadow);
            case SHADOW -> List.of(promote, retire);
            case PROMOTED ->
                    List.of(
                            new ModelsView.Move("roll-back", language.say("models.rollBack")),
                            retire);
        };
    }
}
