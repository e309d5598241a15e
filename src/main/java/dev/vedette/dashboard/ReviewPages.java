package dev.vedette.dashboard;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.Cursors;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import dev.vedette.transaction.Outcome;
import dev.vedette.transaction.feature.FeatureSet;
import dev.vedette.transaction.review.PaymentFeedback;
import dev.vedette.transaction.review.Reviews;
import dev.vedette.transaction.scoring.FeatureDeclarations;
import dev.vedette.transaction.scoring.Features;
import dev.vedette.transaction.scoring.StoredTransaction;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Payments that wait for a person, one after another: what is said of one leads to the next. */
@Path("/reviews")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed("viewer")
public class ReviewPages {
    /** So many are shown after the one to be judged. */
    private static final int NEXT = 10;

    private final Visits visits;
    private final PageAnswers answers;
    private final Reviews reviews;
    private final Features features;
    private final PaymentPlaces places;
    private final CurrentCaller caller;

    ReviewPages(
            Visits visits,
            PageAnswers answers,
            Reviews reviews,
            Features features,
            Cursors cursors,
            CurrentCaller caller) {
        this.visits = visits;
        this.answers = answers;
        this.reviews = reviews;
        this.features = features;
        this.places = new PaymentPlaces(cursors);
        this.caller = caller;
    }

    /** The one to be judged, and those after it. */
    @GET
    @Operation(hidden = true)
    public Uni<Response> list(RoutingContext context) {
        Optional<String> cursor = Visits.query(context, "cursor");
        Optional<String> before = Visits.query(context, "said").map(TransactionPages::storable);
        return visits.of(context, Window.Length.DAY)
                .chain(visit ->
                        answers.page(
                                visit,
                                visit.language().say("title.reviews"),
                                "payments",
                                read(visit, cursor, before).map(Optional::of),
                                Pages::reviews));
    }

    private Uni<ReviewView> read(Visit visit, Optional<String> cursor, Optional<String> before) {
        TenantId tenant = visit.tenant().id();
        return Uni.combine()
                .all()
                .unis(
                        reviews.queue(tenant, places.of(question(tenant), cursor), NEXT + 2),
                        features.of(tenant).map(FeatureDeclarations::set))
                .with((waiting, declared) ->
                        new ReviewView(
                                lead(waiting, cursor.isPresent(), visit.language()),
                                waiting.stream()
                                        .findFirst()
                                        .map(one -> card(visit, declared, one, cursor.orElse(""))),
                                waiting.stream()
                                        .skip(1)
                                        .limit(NEXT)
                                        .map(one -> TransactionPages.line(visit.clock(), one))
                                        .toList(),
                                before.map(Links::payment).orElse("")));
    }

    private static List<?> question(TenantId tenant) {
        return List.of("reviews", tenant);
    }

    private static String lead(
            List<StoredTransaction> waiting, boolean isFurther, Language language) {
        int count = waiting.size();
        if (count == 0) {
            return language.say(isFurther ? "reviews.noMore" : "reviews.none");
        }
        return count > NEXT + 1
                ? language.say("reviews.many", language.count(NEXT))
                : language.say("reviews.wait", count, language.firstCount(count));
    }

    private ReviewView.Card card(
            Visit visit, FeatureSet declared, StoredTransaction one, String cursor) {
        boolean maySay = caller.caller().may(Role.ANALYST);
        String id = one.received().transaction().id();
        return new ReviewView.Card(
                new TransactionMaker(visit.clock(), declared)
                        .page(one, List.of(), List.of(), maySay),
                one.decision().outcome() == Outcome.APPROVE,
                Links.payment(id),
                maySay ? Links.review(id) : "",
                cursor,
                Links.reviews(places.after(question(visit.tenant().id()), one), ""));
    }

    /** Notes what the reader says of a payment and shows the next. */
    @POST
    @Path("{id}")
    @RolesAllowed("analyst")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Uni<Response> say(
            RoutingContext context, @RestPath String id, MultivaluedMap<String, String> values) {
        Sent sent = Sent.of(context, values);
        PaymentPages.Said said = PaymentPages.Said.of(sent);
        return reviews.give(
                        caller.caller(),
                        TransactionPages.storable(id),
                        said.verdict(),
                        said.comment())
                .map(PaymentFeedback::transactionId)
                .map(judged ->
                        Response.seeOther(URI.create(Links.reviews(sent.text("cursor"), judged)))
                                .build());
    }
}
