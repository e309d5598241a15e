package dev.vedette.alerting;

import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What follows from what people said, and what somebody made of it. */
@ApplicationScoped
public class Suggestions {
    /** How far back what was said counts. */
    static final Duration LOOK_BACK = Duration.ofDays(90);

    private final FeedbackStore store;
    private final Thresholds thresholds;
    private final AlertingConfig config;
    private final InstantSource clock;

    Suggestions(
            FeedbackStore store,
            Thresholds thresholds,
            AlertingConfig config,
            InstantSource clock) {
        this.store = store;
        this.thresholds = thresholds;
        this.config = config;
        this.clock = clock;
    }

    /** What follows from what the tenant's people said in the last 90 days. */
    public Uni<FeedbackReview> review(TenantId tenant) {
        Instant now = clock.instant();
        return Uni.combine()
                .all()
                .unis(store.concerns(tenant, now.minus(LOOK_BACK)), store.decisions(tenant))
                .with((concerns, decisions) ->
                        FeedbackReview.of(concerns, decisions, config.falseAlarmsPerWeek(), now));
    }

    /**
     * Makes the suggestion a threshold rule, in the caller's name. Fails with {@code NOT_FOUND}
     * when it is no longer suggested, and as {@link Thresholds#put} does.
     */
    public Uni<FeedbackReview.Suggestion> apply(Caller caller, String id) {
        return decide(
                caller,
                id,
                "applied",
                suggestion ->
                        thresholds
                                .put(
                                        caller,
                                        suggestion.id(),
                                        new ThresholdScope(
                                                Optional.empty(),
                                                Optional.of(suggestion.metricName()),
                                                Optional.of(suggestion.clusterId()),
                                                Optional.of(suggestion.nodeId()),
                                                Optional.empty()),
                                        new ThresholdFields(
                                                Optional.of(suggestion.threshold()),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty()),
                                        OptionalLong.empty())
                                .replaceWithVoid());
    }

    /** Puts the suggestion aside until there is more such feedback. */
    public Uni<FeedbackReview.Suggestion> dismiss(Caller caller, String id) {
        return decide(caller, id, "dismissed", suggestion -> none());
    }

    /**
     * Takes back what was decided of a suggestion: a rule it became is deleted. Fails with {@code
     * NOT_FOUND} when nothing was decided, and as {@link Thresholds#delete} does.
     */
    public Uni<Void> reopen(Caller caller, String id) {
        TenantId tenant = caller.tenant().orElseThrow();
        return store.decisions(tenant)
                .map(decisions ->
                        Optional.ofNullable(decisions.get(id)).orElseThrow(() -> unknown(id)))
                .call(decision -> decision.isApplied() ? unmake(caller, id) : none())
                .call(() -> store.reopen(tenant, id, clock.instant()))
                .replaceWithVoid();
    }

    // A rule that somebody has deleted meanwhile is gone already.
    private Uni<Void> unmake(Caller caller, String rule) {
        return thresholds
                .list(caller.tenant().orElseThrow(), Optional.empty(), Thresholds.MOST)
                .chain(rules ->
                        rules.stream()
                                .filter(one -> one.name().equals(rule))
                                .findFirst()
                                .map(one -> thresholds.delete(caller, rule, one.revision()))
                                .orElseGet(Suggestions::none));
    }

    private static Uni<Void> none() {
        return Uni.createFrom().voidItem();
    }

    private static ProblemException unknown(String id) {
        return ProblemException.notFound("suggestion", id.length() > 64 ? "…" : id);
    }

    private Uni<FeedbackReview.Suggestion> decide(
            Caller caller,
            String id,
            String decision,
            Function<FeedbackReview.Suggestion, Uni<Void>> doing) {
        TenantId tenant = caller.tenant().orElseThrow();
        return review(tenant)
                .map(review ->
                        review.suggestions().stream()
                                .filter(one -> one.id().equals(id))
                                .findFirst()
                                .orElseThrow(() -> unknown(id)))
                .call(suggestion -> doing.apply(suggestion))
                .call(suggestion ->
                        store.decide(
                                tenant,
                                id,
                                new FeedbackStore.Decision(
                                        decision, caller.subject(), clock.instant())));
    }
}
