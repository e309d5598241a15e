package dev.vedette.dashboard;

import dev.vedette.http.CurrentCaller;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.review.Reviews;
import dev.vedette.transaction.scoring.Features;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
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
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** The page of one decided payment, where people say what it was. */
@Path("/transactions/{id}")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class PaymentPages {
    /** So many payments are looked at for similar ones, and so many of them shown. */
    private static final int LOOKED_AT = 200;

    private static final int SIMILAR = 8;

    private final Visits visits;
    private final PageAnswers answers;
    private final TransactionQueries transactions;
    private final Reviews reviews;
    private final Features features;
    private final CurrentCaller caller;

    PaymentPages(
            Visits visits,
            PageAnswers answers,
            TransactionQueries transactions,
            Reviews reviews,
            Features features,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.transactions = transactions;
        this.reviews = reviews;
        this.features = features;
        this.caller = caller;
    }

    /**
     * What a form says of a payment.
     *
     * @param comment may be empty
     */
    record Said(PaymentFeedback.Verdict verdict, String comment) {
        /** As it was sent; fails with 400 when it is no word of ours. */
        static Said of(Sent sent) {
            Optional<PaymentFeedback.Verdict> said =
                    Arrays.stream(PaymentFeedback.Verdict.values())
                            .filter(one -> one.label().equals(sent.text("verdict")))
                            .findFirst();
            String text = TransactionPages.storable(sent.text("comment"));
            if (said.isEmpty() || text.length() > PaymentFeedback.MOST_CHARACTERS) {
                String most = Integer.toString(PaymentFeedback.MOST_CHARACTERS);
                throw sent.refused("verdict", "verdict", most);
            }
            return new Said(said.get(), text);
        }
    }

    /** The page. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> read(RoutingContext context, @RestPath String id) {
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.payment"),
                                "payments",
                                transactions
                                        .find(visit.tenant().id(), TransactionPages.storable(id))
                                        .chain(found ->
                                                found.map(one -> view(visit, one).map(Optional::of))
                                                        .orElse(
                                                                Uni.createFrom()
                                                                        .item(Optional.empty()))),
                                Pages::transaction));
    }

    private Uni<TransactionView> view(Visit visit, StoredTransaction stored) {
        TenantId tenant = visit.tenant().id();
        Transaction of = stored.received().transaction();
        return Uni.combine()
                .all()
                .unis(
                        reviews.of(tenant, of.id()),
                        transactions.list(
                                tenant,
                                SimilarPayments.before(of),
                                Optional.of(new TransactionQueries.Position(of.time(), of.id())),
                                LOOKED_AT),
                        features.of(tenant))
                .with((words, past, declared) ->
                        new TransactionMaker(visit.clock(), declared.set())
                                .page(
                                        stored,
                                        words,
                                        SimilarPayments.of(stored, past, SIMILAR),
                                        caller.caller().may(Role.ANALYST)));
    }

    /** Notes what the reader says of the payment and shows it again. */
    @POST
    @Path("feedback")
    @RolesAllowed("analyst")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> say(
            RoutingContext context, @RestPath String id, MultivaluedMap<String, String> values) {
        Said said = Said.of(Sent.of(context, values));
        return reviews.give(
                        caller.caller(),
                        TransactionPages.storable(id),
                        said.verdict(),
                        said.comment())
                .map(_ -> Response.seeOther(URI.create(Links.payment(id) + "#said")).build());
    }
}
