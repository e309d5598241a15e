package dev.vedette.dashboard;

import dev.vedette.http.Cursors;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.Reason;
import dev.vedette.transaction.Transaction;
import dev.vedette.transaction.scoring.StoredTransaction;
import dev.vedette.transaction.scoring.TransactionQueries;
import dev.vedette.transaction.scoring.TransactionTrends;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The decided payments: how they go, and which there are. */
@Path("/transactions")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class TransactionPages {
    private static final int PAGE = 50;

    private final Visits visits;
    private final PageAnswers answers;
    private final TransactionQueries transactions;
    private final TransactionTrends trends;
    private final PaymentPlaces places;

    TransactionPages(
            Visits visits,
            PageAnswers answers,
            TransactionQueries transactions,
            TransactionTrends trends,
            Cursors cursors) {
        this.visits = visits;
        this.answers = answers;
        this.transactions = transactions;
        this.trends = trends;
        this.places = new PaymentPlaces(cursors);
    }

    /** What the list is asked for. */
    private record Asked(Optional<String> account, Optional<Outcome> outcome) {
        TransactionQueries.Filter filter() {
            return new TransactionQueries.Filter(
                    Optional.empty(),
                    Optional.empty(),
                    account,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    outcome,
                    0);
        }

        List<?> question(TenantId tenant) {
            return List.of("payments", tenant, account, outcome);
        }
    }

    /** The tenant's decided transactions, newest first. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> list(RoutingContext context) {
        Asked asked =
                new Asked(
                        Visits.query(context, "account")
                                .map(String::strip)
                                .map(TransactionPages::storable),
                        Visits.query(context, "outcome").flatMap(Outcome::of));
        Optional<String> cursor = Visits.query(context, "cursor");
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.payments"),
                                "payments",
                                read(visit, asked, cursor).map(Optional::of),
                                Pages::transactions));
    }

    private Uni<TransactionsView> read(Visit visit, Asked asked, Optional<String> cursor) {
        TenantId tenant = visit.tenant().id();
        List<?> question = asked.question(tenant);
        return Uni.combine()
                .all()
                .unis(
                        transactions.list(
                                tenant, asked.filter(), places.of(question, cursor), PAGE + 1),
                        trends.read(tenant, visit.window().range(), PaymentCharts.STEPS))
                .with((rows, trend) -> {
                    List<StoredTransaction> shown = rows.stream().limit(PAGE).toList();
                    String next =
                            rows.size() > PAGE
                                    ? Links.payments(
                                            asked.account().orElse(""),
                                            asked.outcome(),
                                            places.after(question, shown.getLast()))
                                    : "";
                    return view(visit, asked, shown, next, trend);
                });
    }

    private static TransactionsView view(
            Visit visit,
            Asked asked,
            List<StoredTransaction> shown,
            String next,
            TransactionTrends.Trend trend) {
        return new TransactionsView(
                visit.language().say("title.payments"),
                lead(shown, visit.language()),
                asked.account().orElse(""),
                outcomes(asked.outcome(), visit.language()),
                asked.account().isPresent() || asked.outcome().isPresent(),
                shown.stream().map(one -> line(visit.clock(), one)).toList(),
                next,
                PaymentCharts.of(trend, visit));
    }

    private static String lead(List<StoredTransaction> shown, Language language) {
        long declined = count(shown, Outcome.DECLINE);
        long review = count(shown, Outcome.REVIEW);
        String key =
                declined + review == 0
                        ? "payments.lead"
                        : review == 0
                                ? "payments.declined"
                                : declined == 0 ? "payments.held" : "payments.both";
        return language.say(
                key, declined, language.count(declined), review, language.count(review));
    }

    private static long count(List<StoredTransaction> shown, Outcome outcome) {
        return shown.stream().filter(one -> one.decision().outcome() == outcome).count();
    }

    private static List<TransactionsView.Choice> outcomes(
            Optional<Outcome> asked, Language language) {
        List<TransactionsView.Choice> choices = new ArrayList<>();
        choices.add(new TransactionsView.Choice("", language.say("outcome.any"), asked.isEmpty()));
        for (Outcome outcome : Outcome.values()) {
            choices.add(
                    new TransactionsView.Choice(
                            outcome.label(),
                            PaymentWords.outcome(outcome, language),
                            asked.filter(outcome::equals).isPresent()));
        }
        return choices;
    }

    /** A decided transaction as a row. */
    static TransactionsView.Line line(Clock clock, StoredTransaction stored) {
        Transaction of = stored.received().transaction();
        return new TransactionsView.Line(
                clock.at(of.time()),
                PaymentWords.mark(stored.decision(), clock.language()),
                PaymentWords.amount(of, clock.language()),
                PaymentWords.who(of, clock.language()),
                PaymentWords.outcome(stored.decision().outcome(), clock.language()),
                stored.decision().reasons().stream()
                        .findFirst()
                        .map(Reason::text)
                        .map(Words::sentence)
                        .orElse(""),
                Links.payment(of.id()));
    }

    /**
     * The text as it could be stored: no control characters, of which the database takes not all.
     */
    static String storable(String text) {
        return text.replaceAll("\\p{Cntrl}", "\ufffd");
    }
}
