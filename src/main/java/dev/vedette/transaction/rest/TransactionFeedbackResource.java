package dev.vedette.transaction.rest;

import dev.vedette.detection.rest.Choices;
import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.TakesIdempotencyKey;
import dev.vedette.http.TimeFormat;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.review.Reviews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people say of a transaction. */
@Path("/api/v1/transactions/{id}/feedback")
@Tag(name = "Reviews")
public class TransactionFeedbackResource {
    private final CurrentCaller current;
    private final Reviews reviews;

    TransactionFeedbackResource(CurrentCaller current, Reviews reviews) {
        this.current = current;
        this.reviews = reviews;
    }

    /**
     * What somebody says of a transaction.
     *
     * @param verdict fraud, legitimate or unsure
     */
    @Schema(name = "TransactionFeedbackToGive")
    public record Posted(
            @NotNull @Schema(examples = "fraud") String verdict,
            Optional<@Size(max = PaymentFeedback.MOST_CHARACTERS) String> comment) {}

    /** What somebody said of a transaction. */
    @Schema(name = "TransactionFeedback")
    public record Word(
            String transactionId,
            @Schema(examples = "fraud") String verdict,
            String comment,
            String author,
            ApiTime at) {
        static Word of(PaymentFeedback feedback, TimeFormat format) {
            return new Word(
                    feedback.transactionId(),
                    feedback.verdict().label(),
                    feedback.comment(),
                    feedback.author(),
                    new ApiTime(feedback.at(), format));
        }
    }

    /** All that was said of a transaction, newest first; the first counts. */
    @Schema(name = "TransactionFeedbackList")
    public record Words(List<Word> items) {}

    /** Notes what the caller says of a transaction. */
    @POST
    @TakesIdempotencyKey
    @Parameter(ref = "IdempotencyKey")
    @RolesAllowed("analyst")
    @Operation(
            summary = "Say what a transaction was",
            operationId = "giveTransactionFeedback",
            description =
                    "Said again, the newest word counts; the ones before stay for the record.")
    public Uni<Word> give(@PathParam("id") String id, @Valid @NotNull Posted posted) {
        return reviews.give(
                        current.caller(),
                        storable(id),
                        Choices.of("/verdict", posted.verdict(), PaymentFeedback.Verdict.values()),
                        storable(posted.comment().orElse("")))
                .map(word -> Word.of(word, TimeFormat.RFC3339));
    }

    /** Lists what was said of a transaction. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List what was said of a transaction", operationId = "transactionFeedback")
    public Uni<Words> words(
            @PathParam("id") String id,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        return reviews.of(current.tenant(), storable(id))
                .map(all -> new Words(all.stream().map(one -> Word.of(one, format)).toList()));
    }

    // Nothing stored holds U+0000, and the database could not take it.
    private static String storable(String text) {
        return text.replace('\0', '\ufffd');
    }
}
