package dev.vedette.alerting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What follows from feedback: which thresholds a person may want to raise, and whether there are
 * more false alarms than the tenant puts up with. It only says so.
 *
 * @param suggestions the most complained about first
 * @param budget of the last seven days
 */
public record FeedbackReview(List<Suggestion> suggestions, Budget budget) {
    private static final Duration WEEK = Duration.ofDays(7);

    /** How far above what was no alarm the next threshold lies. */
    private static final double MARGIN = 0.01;

    /** Copies the list. */
    public FeedbackReview {
        suggestions = List.copyOf(suggestions);
    }

    /**
     * A threshold that would not have raised these false alarms.
     *
     * @param id the name of the rule it would become
     * @param clusterId where
     * @param nodeId where
     * @param metricName which metric
     * @param threshold in (0,1]
     * @param falseAlarms how many incidents it rests on
     * @param confirmed how many incidents of the series were real
     * @param lost how many of these it would not have raised either
     * @param last when the last of them was said
     */
    public record Suggestion(
            String id,
            String clusterId,
            String nodeId,
            String metricName,
            double threshold,
            int falseAlarms,
            int confirmed,
            int lost,
            Instant last) {
        /** Whether it is for the series that was spoken of. */
        public boolean isFor(FeedbackStore.Concern concern) {
            return concern.clusterId().equals(clusterId)
                    && concern.nodeId().equals(nodeId)
                    && concern.metricName().equals(Optional.of(metricName));
        }
    }

    /**
     * False alarms against what the tenant puts up with.
     *
     * @param perWeek how many a week it puts up with
     * @param falseAlarms how many there were in the last seven days
     * @param byEngine how many of them each engine had a part in, the most first
     */
    public record Budget(int perWeek, int falseAlarms, Map<String, Integer> byEngine) {
        /** Whether there were more than that. */
        public boolean isExceeded() {
            return falseAlarms > perWeek;
        }
    }

    private record Place(String clusterId, String nodeId, String metricName) {
        static Place of(FeedbackStore.Concern concern, String metricName) {
            return new Place(concern.clusterId(), concern.nodeId(), metricName);
        }

        String id() {
            return "feedback-"
                    + String.format(
                            Locale.ROOT,
                            "%08x",
                            (clusterId + '\n' + nodeId + '\n' + metricName).hashCode());
        }
    }

    /** The id of the suggestion for the series that was spoken of; of a node there is none. */
    static Optional<String> idFor(FeedbackStore.Concern concern) {
        return concern.metricName().map(metric -> Place.of(concern, metric).id());
    }

    /** Reviews what was said. */
    public static FeedbackReview of(
            List<FeedbackStore.Concern> concerns,
            Map<String, FeedbackStore.Decision> decisions,
            int perWeek,
            Instant now) {
        Map<Place, List<FeedbackStore.Concern>> places = new LinkedHashMap<>();
        for (FeedbackStore.Concern concern : concerns) {
            concern.metricName()
                    .ifPresent(metric ->
                            places.computeIfAbsent(
                                            Place.of(concern, metric), none -> new ArrayList<>())
                                    .add(concern));
        }
        List<Suggestion> suggestions = new ArrayList<>();
        places.forEach((place, said) ->
                suggestion(place, said)
                        .filter(one -> isOpen(one, decisions))
                        .ifPresent(suggestions::add));
        suggestions.sort(
                Comparator.comparingInt(Suggestion::falseAlarms)
                        .reversed()
                        .thenComparing(Suggestion::id));
        return new FeedbackReview(suggestions, budget(concerns, perWeek, now));
    }

    private static boolean isOpen(Suggestion one, Map<String, FeedbackStore.Decision> decisions) {
        FeedbackStore.Decision decided = decisions.get(one.id());
        return decided == null || one.last().isAfter(decided.at());
    }

    private static Optional<Suggestion> suggestion(Place place, List<FeedbackStore.Concern> said) {
        List<FeedbackStore.Concern> wrong =
                said.stream().filter(one -> isFalse(one.verdict())).toList();
        if (wrong.isEmpty()) {
            return Optional.empty();
        }
        List<FeedbackStore.Concern> right =
                said.stream().filter(one -> one.verdict() == Feedback.Verdict.CONFIRMED).toList();
        double highest = wrong.stream().mapToDouble(FeedbackStore.Concern::score).max().orElse(0);
        double threshold = Math.min(1, Math.ceil((highest + MARGIN) * 100) / 100);
        return Optional.of(
                new Suggestion(
                        place.id(),
                        place.clusterId,
                        place.nodeId,
                        place.metricName,
                        threshold,
                        incidents(wrong),
                        incidents(right),
                        incidents(right.stream().filter(one -> one.score() < threshold).toList()),
                        wrong.stream()
                                .map(FeedbackStore.Concern::at)
                                .max(Instant::compareTo)
                                .orElseThrow()));
    }

    private static boolean isFalse(Feedback.Verdict verdict) {
        return switch (verdict) {
            case FALSE_ALARM, NEW_NORMAL -> true;
            case CONFIRMED, EXPECTED -> false;
        };
    }

    private static int incidents(List<FeedbackStore.Concern> concerns) {
        return (int) concerns.stream().map(FeedbackStore.Concern::incident).distinct().count();
    }

    private static Budget budget(List<FeedbackStore.Concern> concerns, int perWeek, Instant now) {
        Set<UUID> all = new HashSet<>();
        Map<String, Set<UUID>> engines = new TreeMap<>();
        for (FeedbackStore.Concern one : concerns) {
            if (one.verdict() == Feedback.Verdict.FALSE_ALARM
                    && one.at().isAfter(now.minus(WEEK))) {
                all.add(one.incident());
                engines.computeIfAbsent(one.engine(), none -> new HashSet<>()).add(one.incident());
            }
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        engines.entrySet().stream()
                .sorted(
                        Comparator.comparingInt(
                                        (Map.Entry<String, Set<UUID>> one) -> one.getValue().size())
                                .reversed())
                .forEach(one -> counts.put(one.getKey(), one.getValue().size()));
        return new Budget(perWeek, all.size(), counts);
    }
}
