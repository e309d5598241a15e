package dev.vedette.alerting;

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

/** Does what the links of messages allow. */
@ApplicationScoped
public class FeedbackClicks {
    private static final Duration CLICKED_SILENCE = Duration.ofHours(1);

    private final Feedbacks feedbacks;
    private final SettingStore settings;
    private final InstantSource clock;

    FeedbackClicks(Feedbacks feedbacks, SettingStore settings, InstantSource clock) {
        this.feedbacks = feedbacks;
        this.settings = settings;
        this.clock = clock;
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
        return feedbacks.add(
                link.tenant(),
                new Feedback(
                        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                        Feedback.Subject.of(link.incident()),
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
}
