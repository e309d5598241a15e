package dev.vedette.transaction.rest;

import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Ids;
import dev.vedette.http.Problem;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.http.TimeFormat;
import dev.vedette.transaction.model.ModelKind;
import dev.vedette.transaction.training.TrainingRun;
import dev.vedette.transaction.training.TrainingRun.Request;
import dev.vedette.transaction.training.Trainings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Trainings of models. */
@Path("/api/v1/models/trainings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Models")
public class ModelTrainingsResource {
    private final CurrentCaller current;
    private final Trainings trainings;

    ModelTrainingsResource(CurrentCaller current, Trainings trainings) {
        this.current = current;
        this.trainings = trainings;
    }

    /** What is wanted; what is left out is as the schedule has it. */
    @Schema(name = "ModelTrainingWanted")
    record Wanted(
            @Schema(
                            examples = "[\"isolation-forest\",\"nearest-neighbours\"]",
                            description =
                                    "isolation-forest, nearest-neighbours, local-outlier-factor,"
                                            + " autoencoder, ecod; the first two")
                    Optional<List<String>> models,
            @Schema(description = "share to learn from, 0.1 to 0.95; 0.8") Optional<Double> share,
            @Schema(description = "newest transactions, 200 to 200000; 50000")
                    Optional<Integer> transactions,
            @Schema(examples = "shadow", description = "register, shadow or promote; register")
                    Optional<String> next) {
        Request read() {
            List<Problem.Violation> faults = new ArrayList<>();
            List<ModelKind> kinds = kinds(faults);
            double wantedShare = share.orElse(Request.SHARE);
            if (!(wantedShare >= Request.LEAST_SHARE && wantedShare <= Request.MOST_SHARE)) {
                faults.add(
                        fault("/share", "share_out_of_range", "is " + wantedShare, "0.1 to 0.95"));
            }
            int most = transactions.orElse(Request.USUAL);
            if (most < Request.LEAST || most > Request.MOST) {
                faults.add(
                        fault(
                                "/transactions",
                                "transactions_out_of_range",
                                "is " + most,
                                "200 to 200000"));
            }
            Optional<TrainingRun.Next> then = then();
            if (then.isEmpty()) {
                faults.add(
                        fault(
                                "/next",
                                "unknown_next",
                                "there is no such step",
                                "register, shadow or promote"));
            }
            if (!faults.isEmpty()) {
                throw ProblemException.invalid(faults);
            }
            return new Request(kinds, wantedShare, most, then.orElseThrow());
        }

        private List<ModelKind> kinds(List<Problem.Violation> faults) {
            if (models.isEmpty()) {
                return Request.USUALLY.kinds();
            }
            List<String> ids = models.get();
            if (ids.isEmpty() || ids.size() > Request.MOST_KINDS) {
                faults.add(fault("/models", "models_out_of_range", "has " + ids.size(), "1 to 5"));
                return List.of();
            }
            List<String> all = Arrays.stream(ModelKind.values()).map(ModelKind::id).toList();
            IntStream.range(0, ids.size())
                    .filter(i -> !all.contains(ids.get(i)))
                    .forEach(i ->
                            faults.add(
                                    fault(
                                            "/models/" + i,
                                            "unknown_model",
                                            "there is no such model",
                                            String.join(", ", all))));
            return ids.stream().map(ModelKind::find).flatMap(Optional::stream).toList();
        }

        private Optional<TrainingRun.Next> then() {
            String wanted = next.orElse(Request.USUALLY.next().label());
            return Arrays.stream(TrainingRun.Next.values())
                    .filter(one -> one.label().equals(wanted))
                    .findFirst();
        }

        private static Problem.Violation fault(
                String pointer, String code, String detail, String allowed) {
            return new Problem.Violation(pointer, code, detail, "send " + allowed);
        }
    }

    /** A training. */
    @Schema(name = "ModelTraining")
    record Training(
            UUID id,
            @Schema(examples = "completed", description = "queued, running, completed or failed")
                    String state,
            List<String> models,
            double share,
            int transactions,
            String next,
            String author,
            ApiTime createdAt,
            Optional<ApiTime> endedAt,
            @Schema(description = "the version that came of it") OptionalInt version,
            @Schema(description = "why nothing came of it") Optional<String> failure) {
        static Training of(TrainingRun run, TimeFormat format) {
            Request request = run.request();
            return new Training(
                    run.id(),
                    run.state().label(),
                    request.kinds().stream().map(ModelKind::id).toList(),
                    request.share(),
                    request.most(),
                    request.next().label(),
                    run.author(),
                    new ApiTime(run.createdAt(), format),
                    run.endedAt().map(at -> new ApiTime(at, format)),
                    run.version(),
                    run.failure());
        }
    }

    /** The newest trainings. */
    @Schema(name = "ModelTrainings")
    record All(List<Training> items) {}

    /** Asks for a training. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("editor")
    @Operation(
            summary = "Train a model",
            operationId = "trainModel",
            description =
                    "Runs as a job: learns the older part of the newest decided transactions, tries"
                            + " itself on the later part, and registers a version. 409 while another"
                            + " training of the tenant waits or runs.")
    @APIResponseSchema(
            value = Training.class,
            responseCode = "202",
            responseDescription = "Queued; Location has its progress")
    public Uni<RestResponse<Training>> create(@NotNull Wanted wanted) {
        Request request = wanted.read();
        return trainings
                .queue(current.caller(), request)
                .map(run ->
                        RestResponse.ResponseBuilder.create(
                                        RestResponse.Status.ACCEPTED,
                                        Training.of(run, TimeFormat.RFC3339))
                                .location(URI.create("/api/v1/models/trainings/" + run.id()))
                                .build());
    }

    /** Lists the newest. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "List trainings of models",
            operationId = "listModelTrainings",
            description = "The newest hundred, newest first.")
    public Uni<All> list(@QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return trainings
                .list(current.tenant())
                .map(all -> new All(all.stream().map(one -> Training.of(one, format)).toList()));
    }

    /** Reads one. */
    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(summary = "Read a training of a model", operationId = "readModelTraining")
    public Uni<Training> read(
            @PathParam("id") String id,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return trainings
                .find(current.tenant(), Ids.of("training", id))
                .map(run -> Training.of(run, format));
    }
}
