package dev.vedette.transaction.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.http.Page;
import dev.vedette.http.Pages;
import dev.vedette.http.ProblemException;
import dev.vedette.http.TimeFormat;
import dev.vedette.http.TimeParameters;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.intake.TransactionDocument;
import dev.vedette.transaction.intake.TransactionIntake;
import dev.vedette.transaction.intake.TransactionIntake.Result;
import dev.vedette.transaction.scoring.TransactionQueries;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes transactions in and tells what was decided. */
@Path("/api/v1/transactions")
@Tag(name = "Transactions")
public class TransactionsResource {
    /** Larger bodies would keep an event loop from its other connections. */
    private static final int MAX_BYTES_ON_EVENT_LOOP = 16 * 1024;

    private final CurrentCaller current;
    private final TransactionIntake intake;
    private final WrittenItems written;
    private final TransactionQueries queries;
    private final Cursors cursors;
    private final ExecutorService virtualThreads;

    TransactionsResource(
            CurrentCaller current,
            TransactionIntake intake,
            WrittenItems written,
            TransactionQueries queries,
            Cursors cursors,
            @VirtualThreads ExecutorService virtualThreads) {
        this.current = current;
        this.intake = intake;
        this.written = written;
        this.queries = queries;
        this.cursors = cursors;
        this.virtualThreads = virtualThreads;
    }

    /** Takes transactions in. */
    @POST
    @RolesAllowed({"ingest", "editor"})
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "writeTransactions",
            summary = "Take transactions in, and decide them if asked to",
            description =
                    "Answers once the accepted ones are durable. A bad one spoils only itself: it is"
                            + " refused with the place, the reason and the remedy, and kept among the"
                            + " dead letters. The same transaction_id again changes nothing. With"
                            + " ?decide=true the answer has the decision of each.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TransactionJson.Request.class),
                            examples =
                                    @ExampleObject(
                                            name = "one payment",
                                            value = TransactionJson.Request.EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "At least one transaction is durable, or there was none",
            content = @Content(schema = @Schema(implementation = TransactionJson.Answer.class)))
    public Uni<TransactionJson.Answer> write(
            byte[] body,
            @HeaderParam("Content-Encoding") Optional<String> encoding,
            @QueryParam("decide")
                    @DefaultValue("false")
                    @Parameter(description = "Answer the decisions, too")
                    boolean decide) {
        TenantId tenant = current.tenant();
        String named = encoding.orElse("");
        Uni<List<Result>> taken =
                Uni.createFrom()
                        .deferred(() -> {
                            TransactionDocument.Items items = TransactionBody.read(body, named);
                            items.tenant().ifPresent(current::requireTenant);
                            return intake.take(tenant, items.items(), "http");
                        });
        boolean small = body.length <= MAX_BYTES_ON_EVENT_LOOP && named.isEmpty();
        return (small ? taken : taken.runSubscriptionOn(virtualThreads))
                .chain(results -> written.of(tenant, results, decide))
                .map(TransactionsResource::answer);
    }

    private static TransactionJson.Answer answer(List<TransactionJson.Item> items) {
        int refused = count(items, "refused");
        if (refused > 0 && refused == items.size()) {
            throw ProblemException.invalid(
                    items.stream().flatMap(item -> item.errors().stream()).limit(100).toList());
        }
        return new TransactionJson.Answer(
                count(items, "accepted"), count(items, "duplicate"), refused, items);
    }

    private static int count(List<TransactionJson.Item> items, String status) {
        return (int) items.stream().filter(item -> item.status().equals(status)).count();
    }

    /** Lists decided transactions, newest first. */
    @GET
    @RolesAllowed("viewer")
    @Operation(summary = "List decided transactions", operationId = "listTransactions")
    public Uni<Page<TransactionJson.Summary>> list(
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to,
            @QueryParam("account_id") Optional<String> account,
            @QueryParam("merchant") Optional<String> merchant,
            @QueryParam("country") Optional<String> country,
            @QueryParam("channel") Optional<String> channel,
            @QueryParam("outcome") @Parameter(example = "review") Optional<String> outcome,
            @QueryParam("min_score") @DefaultValue("0") double minScore,
            @QueryParam("limit") @DefaultValue(Pages.DEFAULT_LIMIT) int limit,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TransactionQueries.Filter filter =
                new TransactionQueries.Filter(
                        TimeParameters.time("from", from),
                        TimeParameters.time("to", to),
                        account,
                        merchant,
                        country,
                        channel,
                        outcome.map(TransactionsResource::outcome),
                        share(minScore));
        TenantId tenant = current.tenant();
        TimeFormat format = TimeFormat.of(timeFormat);
        int most = Math.min(Pages.limit(limit), Pages.MAX_LIMIT - 1);
        List<?> question = List.of("transactions", tenant, filter);
        return queries.list(
                        tenant, filter, TransactionCursor.read(cursors, question, cursor), most + 1)
                .map(rows ->
                        Page.of(
                                rows,
                                most,
                                row -> TransactionJson.Summary.of(row, format),
                                row -> TransactionCursor.write(cursors, question, row)));
    }

    private static Outcome outcome(String text) {
        return Outcome.of(text)
                .orElseThrow(() ->
                        ProblemException.invalid(
                                "?outcome",
                                "unknown_value",
                                "there is no such outcome",
                                "send one of approve, review, decline"));
    }

    private static double share(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw ProblemException.invalid(
                    "?min_score",
                    "out_of_range",
                    "min_score must be 0 to 1, is " + value,
                    "send a number from 0 to 1");
        }
        return value;
    }

    /** One decided transaction with all that explains it. */
    @GET
    @Path("/{id}")
    @RolesAllowed("viewer")
    @Operation(
            summary = "Read a transaction with features, parts, rule trace and decision",
            operationId = "readTransaction")
    public Uni<TransactionJson.Detail> read(
            @PathParam("id") String id,
            @QueryParam("time_format") @DefaultValue("rfc3339") String timeFormat) {
        TimeFormat format = TimeFormat.of(timeFormat);
        String known = storable(id);
        return queries.find(current.tenant(), known)
                .map(found ->
                        found.map(one -> TransactionJson.Detail.of(one, format))
                                .orElseThrow(() ->
                                        ProblemException.notFound(
                                                "decided transaction",
                                                known.length() > 60 ? "…" : known)));
    }

    private static String storable(String id) {
        return id.indexOf(0) >= 0 ? "…" : id;
    }
}
