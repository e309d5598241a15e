package dev.vedette.transaction.rest;

import dev.vedette.http.ApiTime;
import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.TimeFormat;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.intake.DeadLetters;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Items that were refused, and why. */
@Path("/api/v1/dead-letters")
@Tag(name = "Transactions")
public class DeadLettersResource {
    private final CurrentCaller current;
    private final DeadLetters letters;
    private final Cursors cursors;

    DeadLettersResource(CurrentCaller current, DeadLetters letters, Cursors cursors) {
        this.current = current;
        this.letters = letters;
        this.cursors = cursors;
    }

    /** A refused item. */
    @Schema(name = "DeadLetter")
    record Letter(
            String id,
            ApiTime receivedAt,
            @Schema(examples = "http") String source,
            @Schema(examples = "/amount") String pointer,
            @Schema(examples = "amount_out_of_range") String code,
            @Schema(examples = "amount is -5.0") String detail,
            String fix,
            @Schema(description = "The item as it came, cut to 4096 characters") String item) {
        static Letter of(DeadLetters.Letter letter, TimeFormat format) {
            return new Letter(
                    letter.id().toString(),
                    new ApiTime(letter.receivedAt(), format),
                    letter.source(),
                    letter.reason().pointer(),
                    letter.reason().code(),
                    letter.reason().detail(),
                    letter.reason().fix(),
                    letter.item());
        }
    }

    /** Lists refused items. */
    @GET
    @RolesAllowed("editor")
    @Operation(
            summary = "List refused transactions",
            operationId = "listDeadLetters",
            description = "Newest first; of a request the first 100 are kept.")
    public Uni<Page<Letter>> list(
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        int most = Math.min(Pages.limit(limit), Pages.MAX_LIMIT - 1);
        List<?> question = List.of("dead-letters", tenant);
        Optional<DeadLetters.Position> after =
                cursors.decode(question, cursor, DeadLetters.Position::new);
        return letters.list(tenant, after, most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                row -> Letter.of(row, format),
                                row -> cursors.encode(question, row.receivedAt(), row.id())));
    }
}
