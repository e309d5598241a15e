package dev.vedette.alerting;

import dev.vedette.http.Audit;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes what people say of incidents and anomalies, and takes it back. */
@ApplicationScoped
public class Feedbacks {
    private final FeedbackStore store;
    private final Audit audit;
    private final InstantSource clock;

    Feedbacks(FeedbackStore store, Audit audit, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Notes what the caller says; fails with {@code NOT_FOUND} when there is no such incident. */
    public Uni<Feedback> give(
            Caller caller,
            Feedback.Subject about,
            Feedback.Verdict verdict,
            Optional<String> cause,
            String comment) {
        Feedback feedback =
                new Feedback(
                        UUID.randomUUID(),
                        about,
                        verdict,
                        cause,
                        comment,
                        caller.subject(),
                        clock.instant());
        return add(caller.tenant().orElseThrow(), feedback).replaceWith(feedback);
    }

    /** Notes a word; fails with {@code NOT_FOUND} when there is no such incident. */
    Uni<Void> add(TenantId tenant, Feedback feedback) {
        return store.add(tenant, feedback)
                .invoke(isThere -> {
                    if (!isThere) {
                        throw ProblemException.notFound(
                                "incident", feedback.about().incident().toString());
                    }
                })
                .replaceWithVoid();
    }

    /** Takes a word back, whoever gave it; fails with {@code NOT_FOUND} when none holds. */
    public Uni<Void> withdraw(Caller caller, UUID id) {
        return store.withdraw(caller.tenant().orElseThrow(), id, clock.instant())
                .invoke(isThere -> {
                    if (!isThere) {
                        throw ProblemException.notFound("feedback", id.toString());
                    }
                    audit.done(caller, "feedback.withdraw", id.toString());
                })
                .replaceWithVoid();
    }

    /** The tenant's feedback, newest first. */
    public Uni<List<Feedback>> list(
            TenantId tenant, Optional<FeedbackStore.Position> after, int limit) {
        return store.list(tenant, after, limit);
    }

    /** What was said of that, and what would follow from each verdict. Nothing is noted. */
    public Uni<FeedbackStanding> standing(TenantId tenant, Feedback.Subject about) {
        Instant now = clock.instant();
        Feedback word =
                new Feedback(
                        about.incident(),
                        about,
                        Feedback.Verdict.CONFIRMED,
                        Optional.empty(),
                        "",
                        "",
                        now);
        return Uni.combine()
                .all()
                .unis(
                        store.newest(tenant, about),
                        store.concerns(tenant, now.minus(Suggestions.LOOK_BACK)),
                        store.decisions(tenant),
                        store.concerns(tenant, word))
                .with((given, said, decisions, concerned) ->
                        FeedbackStanding.of(given, said, decisions, concerned, now));
    }
}
