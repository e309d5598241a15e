package dev.vedette.alerting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a conversation about an incident, or one anomaly of it, stands.
 *
 * @param given the newest word
 * @param foreseen what each verdict would suggest for the series concerned, were it given now
 * @param suggested what is suggested for them already
 * @param decided what somebody decided of suggestions for them
 */
public record FeedbackStanding(
        Optional<Feedback> given,
        Map<Feedback.Verdict, List<FeedbackReview.Suggestion>> foreseen,
        List<FeedbackReview.Suggestion> suggested,
        List<Decided> decided) {
    /** Copies the lists. */
    public FeedbackStanding {
        suggested = List.copyOf(suggested);
        decided = List.copyOf(decided);
    }

    /** What that verdict would suggest. */
    public List<FeedbackReview.Suggestion> after(Feedback.Verdict verdict) {
        return foreseen.getOrDefault(verdict, List.of());
    }

    /**
     * What became of a suggestion.
     *
     * @param id its name
     * @param nodeId of which node
     * @param metricName of which metric
     * @param decision what was decided, and by whom
     */
    public record Decided(
            String id, String nodeId, String metricName, FeedbackStore.Decision decision) {}

    /**
     * Where it stands.
     *
     * @param said what was said so far of any series
     * @param concerned the series that this is about, with whatever word
     */
    static FeedbackStanding of(
            Optional<Feedback> given,
            List<FeedbackStore.Concern> said,
            Map<String, FeedbackStore.Decision> decisions,
            List<FeedbackStore.Concern> concerned,
            Instant now) {
        return new FeedbackStanding(
                given,
                foresee(said, decisions, concerned, now),
                suggested(said, decisions, concerned, now),
                decided(decisions, concerned));
    }

    private static Map<Feedback.Verdict, List<FeedbackReview.Suggestion>> foresee(
            List<FeedbackStore.Concern> said,
            Map<String, FeedbackStore.Decision> decisions,
            List<FeedbackStore.Concern> concerned,
            Instant now) {
        List<FeedbackStore.Concern> others =
                said.stream().filter(one -> concerned.stream().noneMatch(one::isAbout)).toList();
        Map<Feedback.Verdict, List<FeedbackReview.Suggestion>> foreseen =
                new EnumMap<>(Feedback.Verdict.class);
        for (Feedback.Verdict verdict : Feedback.Verdict.values()) {
            List<FeedbackStore.Concern> then = new ArrayList<>(others);
            concerned.forEach(one -> then.add(one.with(verdict)));
            foreseen.put(verdict, suggested(then, decisions, concerned, now));
        }
        return foreseen;
    }

    private static List<FeedbackReview.Suggestion> suggested(
            List<FeedbackStore.Concern> said,
            Map<String, FeedbackStore.Decision> decisions,
            List<FeedbackStore.Concern> concerned,
            Instant now) {
        return FeedbackReview.of(said, decisions, 0, now).suggestions().stream()
                .filter(one -> concerned.stream().anyMatch(one::isFor))
                .toList();
    }

    private static List<Decided> decided(
            Map<String, FeedbackStore.Decision> decisions, List<FeedbackStore.Concern> concerned) {
        Map<String, Decided> decided = new LinkedHashMap<>();
        for (FeedbackStore.Concern one : concerned) {
            String metric = one.metricName().orElse("");
            FeedbackReview.idFor(one)
                    .ifPresent(id ->
                            Optional.ofNullable(decisions.get(id))
                                    .map(made -> new Decided(id, one.nodeId(), metric, made))
                                    .ifPresent(made -> decided.put(id, made)));
        }
        return List.copyOf(decided.values());
    }
}
