package dev.vedette.dashboard;

import dev.vedette.detection.rest.Choices;
import dev.vedette.http.Caller;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.rest.BroughtFiles;
import dev.vedette.transaction.review.Reviews;
import dev.vedette.transaction.scoring.ModelVersion;
import dev.vedette.transaction.scoring.Models;
import dev.vedette.transaction.training.BroughtModels;
import dev.vedette.transaction.training.ModelsConfig;
import dev.vedette.transaction.training.TrainingRun;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** The models trained for the tenant, and what they may do. */
@Path("/models")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class ModelPages {
    private final Visits visits;
    private final PageAnswers answers;
    private final Models models;
    private final Reviews reviews;
    private final BroughtModels files;
    private final ModelsConfig config;
    private final CurrentCaller caller;

    ModelPages(
            Visits visits,
            PageAnswers answers,
            Models models,
            Reviews reviews,
            BroughtModels files,
            ModelsConfig config,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.models = models;
        this.reviews = reviews;
        this.files = files;
        this.config = config;
        this.caller = caller;
    }

    /** All versions, newest first. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> list(RoutingContext context) {
        return page(context, "", ModelForm.EMPTY);
    }

    /** Takes a file as a new version and shows all; says at the form why it is refused. */
    @POST
    @Path("upload")
    @RolesAllowed("editor")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public Uni<Response> bring(
            RoutingContext context,
            @RestForm("file") FileUpload file,
            @RestForm String format,
            @RestForm String features,
            @RestForm String output,
            @RestForm String stranger,
            @RestForm String next) {
        ModelForm form =
                new ModelForm(
                        sent(format, "vedette"),
                        sent(features, ""),
                        sent(output, ""),
                        sent(stranger, "high"),
                        sent(next, "register"),
                        "",
                        List.of());
        Caller person = caller.caller();
        return Uni.createFrom()
                .item(() -> bytes(file))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(bytes -> brought(person, bytes, form))
                .map(made ->
                        Response.seeOther(URI.create("/models?brought=" + made.version())).build())
                .onFailure(ProblemException.class)
                .recoverWithUni(failure -> page(context, "", refused(context, form, failure)));
    }

    private static String sent(@Nullable String value, String usual) {
        return value == null ? usual : value;
    }

    // No file at all is what a browser sends for a field that was left empty.
    private byte[] bytes(@Nullable FileUpload file) {
        if (file == null) {
            return new byte[0];
        }
        files.refuseLarge(file.size());
        try {
            return Files.readAllBytes(file.uploadedFile());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    private Uni<ModelVersion> brought(Caller person, byte[] bytes, ModelForm form) {
        TrainingRun.Next next = Choices.of("next", form.next(), TrainingRun.Next.values());
        return files.bring(
                person,
                BroughtFiles.of(
                        bytes, form.format(), form.features(), form.output(), form.stranger()),
                next);
    }

    private static ModelForm refused(
            RoutingContext context, ModelForm form, ProblemException failure) {
        List<String> words =
                failure.errors().isEmpty()
                        ? List.of(Words.refusal(failure))
                        : failure.errors().stream().map(Words::refusal).toList();
        return form.refused(Visits.language(context).say("models.refused"), words);
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
                .recoverWithUni(failure -> page(context, Words.refusal(failure), ModelForm.EMPTY));
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

    private Uni<Response> page(RoutingContext context, String problem, ModelForm form) {
        Optional<String> brought = Visits.query(context, "brought");
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
                                            Optional.of(
                                                    new ModelsMaker(visit, all, precision)
                                                            .view(
                                                                    problem,
                                                                    brought,
                                                                    form,
                                                                    config.largestUpload()
                                                                            .asLongValue(),
                                                                    caller.caller()
                                                                            .may(Role.EDITOR)))),
                            Pages::models);
                });
    }
}
