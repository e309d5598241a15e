package dev.vedette.dashboard;

import dev.vedette.alerting.Feedback;
import dev.vedette.alerting.FeedbackReview.Suggestion;
import dev.vedette.alerting.FeedbackStanding;
import dev.vedette.http.Caller;
import dev.vedette.tenant.Role;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Puts what was said, and what would follow, in words. */
final class FeedbackMaker {
    private static final int MOST_SHOWN = 3;

    private final Clock clock;
    private final Caller caller;
    private final String back;

    FeedbackMaker(Visit visit, Caller caller) {
        this.clock = visit.clock();
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
                standing.given().map(this::given).orElse(""),
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

    private static FeedbackCorner.Option option(
            Feedback.Verdict verdict, List<Suggestion> foreseen) {
        return switch (verdict) {
            case CONFIRMED ->
                    option(
                            verdict,
                            "Confirmed",
                            "c",
                            List.of(
                                    "Detection stays as it is.",
                                    "It counts as real: a threshold that would lose it says so."));
            case EXPECTED ->
                    option(
                            verdict,
                            "Expected",
                            "e",
                            List.of(
                                    "Detection stays as it is.",
                                    "What comes again as planned can be muted on the page of"
                                            + " alerts."));
            case FALSE_ALARM -> option(verdict, "False alarm", "f", effects(foreseen));
            case NEW_NORMAL -> option(verdict, "New normal", "n", effects(foreseen));
        };
    }

    private static FeedbackCorner.Option option(
            Feedback.Verdict verdict, String words, String key, List<String> effects) {
        return new FeedbackCorner.Option(verdict.label(), words, key, effects);
    }

    private static List<String> effects(List<Suggestion> foreseen) {
        if (foreseen.isEmpty()) {
            return List.of(
                    "Detection stays as it is: nothing is suggested for a node as a whole, nor"
                            + " again what was decided before.");
        }
        Stream<String> shown = foreseen.stream().limit(MOST_SHOWN).map(FeedbackMaker::threshold);
        int more = foreseen.size() - MOST_SHOWN;
        return Stream.concat(
                        more > 0
                                ? Stream.concat(shown, Stream.of(more + " more like these."))
                                : shown,
                        Stream.of("Nothing changes before somebody applies it."))
                .toList();
    }

    /** What a suggestion would do, in a sentence. */
    private static String threshold(Suggestion one) {
        String lost =
                one.confirmed() == 0
                        ? "; nothing of it was confirmed yet"
                        : one.lost() == 0
                                ? "; none of " + one.confirmed() + " confirmed would be lost"
                                : "; "
                                        + one.lost()
                                        + " of "
                                        + one.confirmed()
                                        + " confirmed would be lost";
        return one.metricName()
                + " on "
                + one.nodeId()
                + " would alarm from "
                + Figures.SCORE.number(one.threshold())
                + " on: "
                + one.falseAlarms()
                + (one.falseAlarms() == 1 ? " false alarm" : " false alarms")
                + " less"
                + lost
                + ".";
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

    private String given(Feedback word) {
        String said =
                switch (word.verdict()) {
                    case CONFIRMED -> "confirmed it";
                    case EXPECTED -> "called it expected";
                    case FALSE_ALARM -> "called it a false alarm";
                    case NEW_NORMAL -> "called it the new normal";
                };
        String who = word.by().startsWith("link:") ? "Somebody, from a message," : word.by();
        String comment = word.comment().isEmpty() ? "" : " " + word.comment();
        return who
                + " "
                + said
                + " at "
                + clock.at(word.at())
                + word.cause().map(cause -> ", because of " + cause).orElse("")
                + "."
                + comment;
    }

    private FeedbackCorner.Decided decided(FeedbackStanding.Decided one) {
        String what =
                one.decision().isApplied()
                        ? " made it a rule: " + one.metricName() + " on " + one.nodeId()
                        : " put it aside: " + one.metricName() + " on " + one.nodeId();
        return new FeedbackCorner.Decided(
                one.id(), one.decision().by() + what + ", " + clock.at(one.decision().at()) + ".");
    }
}
