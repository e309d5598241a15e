package dev.vedette.dashboard;

import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.Feedbacks;
import dev.vedette.http.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Reads what the feedback corner of a page shows. */
@ApplicationScoped
class FeedbackReader {
    private final Feedbacks feedbacks;
    private final CurrentCaller caller;

    FeedbackReader(Feedbacks feedbacks, CurrentCaller caller) {
        this.feedbacks = feedbacks;
        this.caller = caller;
    }

    /** The corner of an incident. */
    Uni<FeedbackCorner> of(Visit visit, UUID incident) {
        return corner(visit, Feedback.Subject.of(incident), "");
    }

    /**
     * The corner of an anomaly.
     *
     * @param incident the one it belongs to, if any yet
     * @param about what it asks about, when that is not the page itself
     */
    Uni<FeedbackCorner> of(Visit visit, UUID anomaly, Optional<UUID> incident, String about) {
        return incident.map(known ->
                        corner(visit, new Feedback.Subject(known, Optional.of(anomaly)), about))
                .orElseGet(() ->
                        Uni.createFrom()
                                .item(new FeedbackMaker(visit, caller.caller()).notYet(about)));
    }

    private Uni<FeedbackCorner> corner(Visit visit, Feedback.Subject about, String title) {
        FeedbackMaker maker = new FeedbackMaker(visit, caller.caller());
        return feedbacks
                .standing(visit.tenant().id(), about)
                .map(standing -> maker.corner(about, title, standing));
    }
}
