package dev.vedette.dashboard;

import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.FeedbackReview.Suggestion;
import dev.vedette.alerting.FeedbackStanding;
import dev.vedette.http.Caller;
import dev.vedette.tenant.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Puts what was said, and what would follow, in words. */
final class FeedbackMaker {
    private static final int MOST_SHOWN = 3;

    private final Clock clock;
    private final Language language;
    private final Caller caller;
    private final String back;

    FeedbackMaker(Visit visit, Caller caller) {
        this.clock = visit.clock();
        this.language = visit.language();
        this.caller = caller;
        this.back = visit.self();
    }

    /** The box while an anomaly belongs to no incident yet. */
    FeedbackCorner notYet(String about) {
        return new FeedbackCorner(
                "", "", about, back, List.of(), "", "", List.of(), List.of(), false, false);
    }

    /**
     * The box.
     *
     * @param title what it asks about, when that is not the page itself
     */
    FeedbackCorner corner(Feedback.Subject about, String title, FeedbackStanding standing) {
        return new FeedbackCorner(
                about.incident().toString(),
                about.anomaly().map(UUID::toString).orElse(""),
                title,
                back,
                Stream.of(Feedback.Verdict.values())
                        .map(verdict -> option(verdict, standing.after(verdict)))
                        .toList(),
                standing.given().map(word -> given(word, clock)).orElse(""),
                standing.given().map(word -> word.id().toString()).orElse(""),
                standing.suggested().stream()
                        .limit(MOST_SHOWN)
                        .map(one ->
                                new FeedbackCorner.Suggested(
                                        one.id(), threshold(one), tryHref(one)))
                        .toList(),
                standing.decided().stream().limit(MOST_SHOWN).map(this::decided).toList(),
                caller.may(Role.ANALYST),
                caller.may(Role.EDITOR));
    }

    private FeedbackCorner.Option option(Feedback.Verdict verdict, List<Suggestion> foreseen) {
        String name = "feedback." + verdict.label();
        String key =
                switch (verdict) {
                    case CONFIRMED -> "c";
                    case EXPECTED -> "e";
                    case FALSE_ALARM -> "f";
                    case NEW_NORMAL -> "n";
                };
        List<String> effects =
                switch (verdict) {
                    case CONFIRMED, EXPECTED ->
                            List.of(language.say("feedback.stays"), language.say(name + ".effect"));
                    case FALSE_ALARM, NEW_NORMAL -> effects(foreseen);
                };
        return new FeedbackCorner.Option(verdict.label(), language.say(name), key, effects);
    }

    private List<String> effects(List<Suggestion> foreseen) {
        if (foreseen.isEmpty()) {
            return List.of(language.say("feedback.nothing"));
        }
        List<String> effects = new ArrayList<>();
        foreseen.stream().limit(MOST_SHOWN).map(this::threshold).forEach(effects::add);
        int more = foreseen.size() - MOST_SHOWN;
        if (more > 0) {
            effects.add(language.say("feedback.more", Figures.whole(more)));
        }
        effects.add(language.say("feedback.applied"));
        return effects;
    }

    /** What a suggestion would do, in a sentence. */
    private String threshold(Suggestion one) {
        String lost =
                one.confirmed() == 0
                        ? "feedback.none"
                        : one.lost() == 0 ? "feedback.kept" : "feedback.lost";
        return language.say(
                        "feedback.threshold",
                        one.metricName(),
                        one.nodeId(),
                        language.score(one.threshold()),
                        one.falseAlarms(),
                        Figures.whole(one.falseAlarms()))
                + " "
                + language.say(lost, Figures.whole(one.lost()), Figures.whole(one.confirmed()));
    }

    private static String tryHref(Suggestion one) {
        return "/thresholds?try=1&name="
                + one.id()
                + "&cluster_id="
                + Frames.encode(one.clusterId())
                + "&node_id="
                + Frames.encode(one.nodeId())
                + "&metric_name="
                + Frames.encode(one.metricName())
                + "&threshold="
                + one.threshold();
    }

    /** A word in a sentence: who said what, when, and because of what. */
    static String given(Feedback word, Clock clock) {
        Language language = clock.language();
        boolean byLink = word.by().startsWith("link:");
        String who = byLink ? language.say("feedback.somebody") : word.by();
        String given = "feedback." + word.verdict().label() + ".given";
        String comment = word.comment().isEmpty() ? "" : " " + word.comment();
        return word.cause()
                        .map(cause ->
                                language.say(
                                        given,
                                        who,
                                        clock.at(word.at()),
                                        language.say("feedback.because", cause)))
                        .orElseGet(() -> language.say(given, who, clock.at(word.at()), ""))
                + comment;
    }

    private FeedbackCorner.Decided decided(FeedbackStanding.Decided one) {
        String words =
                language.say(
                        one.decision().isApplied() ? "feedback.madeRule" : "feedback.putAside",
                        one.decision().by(),
                        one.metricName(),
                        one.nodeId(),
                        clock.at(one.decision().at()));
        return new FeedbackCorner.Decided(one.id(), words);
    }
}
