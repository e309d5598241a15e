package dev.vedette.transaction.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.review.Precision;
import dev.vedette.transaction.review.Reviews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which transactions wait for a person, and how right rules and models were by what was said. */
@Path("/api/v1/reviews")
@Tag(name = "Reviews")
public class ReviewsResource {
    private final CurrentCaller current;
    private final Reviews reviews;
    private final Cursors cursors;

    ReviewsResource(CurrentCaller current, Reviews reviews, Cursors cursors) {
        this.current = current;
        this.reviews = reviews;
        this.cursors = cursors;
    }

    /**
     * How right something was.
     *
     * @param what rule, model or sample
     * @param name of the rule, or number of the model's version
     * @param precision share of fraud among those that could be told; null when there are none
     */
    @Schema(name = "Precision")
    public record PrecisionJson(
            @Schema(examples = "rule") String what,
            @Schema(examples = "big-abroad") String name,
            @Schema(
                            examples = "enabled",
                            description =
                                    "Of a rule: enabled or shadow; of a model: shadow or empty")
                    String mode,
            long fraud,
            long legitimate,
            long unsure,
            @Schema(examples = "0.8") Optional<Double> precision) {
        static PrecisionJson of(Precision one) {
            return new PrecisionJson(
                    one.what().name().toLowerCase(Locale.ROOT),
                    one.name(),
                    one.mode(),
                    one.fraud(),
                    one.legitimate(),
                    one.unsure(),
                    one.share().stream().boxed().findFirst());
        }
    }

    /** Of every rule and model that spoke up, and of the sample. */
    @Schema(name = "Precisions")
    public record Precisions(List<PrecisionJson> items) {}

    /** Lists the transactions that wait for a person. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "List transactions that wait for a person",
            operationId = "listReviews",
            description =
                    "Nobody spoke of them yet: those that were not simply approved, and a random"
                            + " share of the others.")
    public Uni<Page<TransactionJson.Summary>> queue(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        int most = Math.min(Pages.limit(limit), Pages.MAX_LIMIT - 1);
        List<?> question = List.of("reviews", tenant);
        return reviews.queue(tenant, TransactionCursor.read(cursors, question, cursor), most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                row -> TransactionJson.Summary.of(row, format),
                                row -> TransactionCursor.write(cursors, question, row)));
    }

    /** Tells how right rules and models were. */
    @GET
    @Path("/precision")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Tell how right rules and models were",
            operationId = "readPrecision",
            description =
                    "By feedback: of the transactions on which a rule was true, and of those that a"
                            + " model decided and that were not simply approved, or in shadow would have"
                            + " had somebody look at. The sample is of approved ones.")
    public Uni<Precisions> precision() {
        return reviews.precision(current.tenant())
                .map(all -> new Precisions(all.stream().map(PrecisionJson::of).toList()));
    }
}
