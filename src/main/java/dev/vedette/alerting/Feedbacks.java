package dev.vedette.alerting;

import dev.vedette.detection.threshold.ThresholdFields;
import dev.vedette.detection.threshold.ThresholdScope;
import dev.vedette.detection.threshold.Thresholds;
import dev.vedette.http.Caller;
import dev.vedette.http.ProblemException;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Takes what people say of incidents, and says what follows from it. */
@ApplicationScoped
public class Feedbacks {
    private static final Duration LOOK_BACK = Duration.ofDays(90);
    private static final Duration CLICKED_SILENCE = Duration.ofHours(1);

    private final FeedbackStore store;
    private final SettingStore settings;
    private final Thresholds thresholds;
    private final AlertingConfig config;
    private final InstantSource clock;

    Feedbacks(
            FeedbackStore store,
            SettingStore settings,
            Thresholds thresholds,
            AlertingConfig config,
            InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.thresholds = thresholds;
        this.config = config;
        this.clock = clock;
    }

    /** Notes what the caller says; fails with {@code NOT_FOUND} when there is no such incident. */
    public Uni<Feedback> give(
            Caller caller,
            UUID incident,
            Feedback.Verdict verdict,
            Optional<String> cause,
            String comment) {
        Feedback feedback =
                new Feedback(
                        UUID.randomUUID(),
                        incident,
                        verdict,
                        cause,
                        comment,
                        caller.subject(),
                        clock.instant());
        return add(caller.tenant().orElseThrow(), feedback).replaceWith(feedback);
    }

    private Uni<Void> add(TenantId tenant, Feedback feedback) {
        return store.add(tenant, feedback)
                .invoke(isThere -> {
                    if (!isThere) {
                        throw ProblemException.notFound("incident", feedback.incident().toString());
                    }
                })
                .replaceWithVoid();
    }

    /** Whether the link may still be used. */
    public boolean isLive(FeedbackLink link) {
        return clock.instant().isBefore(link.expiresAt());
    }

    /**
     * Does what a link allows. The same link again does nothing more.
     *
     * @param link live, as {@link #isLive} says
     */
    public Uni<Void> follow(FeedbackLink link) {
        return switch (link.action()) {
            case CONFIRM -> click(link, Feedback.Verdict.CONFIRMED);
            case EXPECTED -> click(link, Feedback.Verdict.EXPECTED);
            case FALSE_ALARM -> click(link, Feedback.Verdict.FALSE_ALARM);
            case SILENCE -> silence(link);
        };
    }

    private Uni<Void> click(FeedbackLink link, Feedback.Verdict verdict) {
        String name = link.incident() + "/" + link.action() + "/" + link.route();
        return add(
                link.tenant(),
                new Feedback(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        link.incident(),
                        verdict,
                        Optional.empty(),
                        "",
                        by(link),
                        clock.instant()));
    }

    private static String by(FeedbackLink link) {
        return "link:" + link.route();
    }

    /** One hour from the first click: the silence of an incident is made once. */
    private Uni<Void> silence(FeedbackLink link) {
        Instant now = clock.instant();
        Silence silence =
                new Silence(
                        "click-" + link.incident(),
                        List.of(Matcher.parse("incident=" + link.incident())),
                        "asked for in a message",
                        by(link),
                        new Schedule(
                                ZoneOffset.UTC,
                                LocalDateTime.ofInstant(now, ZoneOffset.UTC).withNano(0),
                                CLICKED_SILENCE,
                                Optional.empty(),
                                Set.of()),
                        Optional.empty());
        SettingStore.Change change =
                new SettingStore.Change(
                        Setting.Kind.SILENCE,
                        silence.name(),
                        Documents.write(SilenceForm.of(silence)),
                        silence.author(),
                        now);
        return settings.put(link.tenant(), change, OptionalLong.empty(), AlertSettings.MOST)
                .replaceWithVoid();
    }

    /** The tenant's feedback, newest first. */
    public Uni<List<Feedback>> list(
            TenantId tenant, Optional<FeedbackStore.Position> after, int limit) {
        return store.list(tenant, after, limit);
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
        return decide(caller, id, "dismissed", suggestion -> Uni.createFrom().voidItem());
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
                                .orElseThrow(() ->
                                        ProblemException.notFound(
                                                "suggestion", id.length() > 64 ? "…" : id)))
                .call(suggestion -> doing.apply(suggestion))
                .call(suggestion ->
                        store.decide(
                                tenant,
                                id,
                                new FeedbackStore.Decision(
                                        decision, caller.subject(), clock.instant())));
    }
}
