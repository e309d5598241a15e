package dev.vedette.detection.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well the labels spike, trend and seasonal were given, counted as in streaming type scoring:
 * an event is found when some point from its first to {@value #GRACE} points after its last is
 * labelled; its given label is the most frequent one there. Labelled runs outside all such windows
 * are false. F1 of a label counts missed events, wrongly named ones and false runs.
 */
final class TypeScores {
    static final int GRACE = 12;
    private static final List<AnomalyType> TYPES =
            List.of(AnomalyType.SPIKE, AnomalyType.TREND, AnomalyType.SEASONAL);

    private final Map<AnomalyType, Map<AnomalyType, Integer>> given =
            new EnumMap<>(AnomalyType.class);
    private final Map<AnomalyType, Integer> falseRuns = new EnumMap<>(AnomalyType.class);
    private double days;

    /** The labels of one series: what is true and what was said, point by point. */
    void add(AnomalyType[] truth, AnomalyType[] said, double stepSeconds) {
        days += truth.length * stepSeconds / 86_400;
        boolean[] covered = new boolean[truth.length];
        for (int[] run : runs(truth)) {
            int to = Math.min(run[1] + GRACE, truth.length);
            Arrays.fill(covered, run[0], to, true);
            given.computeIfAbsent(truth[run[0]], _ -> new EnumMap<>(AnomalyType.class))
                    .merge(mostFrequent(said, run[0], to), 1, Integer::sum);
        }
        AnomalyType[] outside = said.clone();
        for (int i = 0; i < outside.length; i++) {
            outside[i] = covered[i] ? AnomalyType.NORMAL : said[i];
        }
        for (int[] run : runs(outside)) {
            falseRuns.merge(said[run[0]], 1, Integer::sum);
        }
    }

    /** Stretches of one label other than normal, as first index and end. */
    static List<int[]> runs(AnomalyType[] labels) {
        List<int[]> runs = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            int from = i;
            while (i + 1 < labels.length && labels[i + 1] == labels[from]) {
                i++;
            }
            if (labels[from] != AnomalyType.NORMAL) {
                runs.add(new int[] {from, i + 1});
            }
        }
        return runs;
    }

    /** The most frequent label but normal; normal when there is no other. */
    static AnomalyType mostFrequent(AnomalyType[] said, int from, int to) {
        Map<AnomalyType, Integer> counts = new EnumMap<>(AnomalyType.class);
        for (int i = from; i < to; i++) {
            counts.merge(said[i], 1, Integer::sum);
        }
        counts.remove(AnomalyType.NORMAL);
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(AnomalyType.NORMAL);
    }

    double f1(AnomalyType type) {
        double right = count(type, type);
        double named = falseRuns.getOrDefault(type, 0);
        double wrong = named;
        for (AnomalyType truth : TYPES) {
            wrong += truth == type ? 0 : count(truth, type);
        }
        double events = given.getOrDefault(type, Map.of()).values().stream().mapToInt(i -> i).sum();
        return 2 * right / (right + wrong + events);
    }

    double macroF1() {
        return TYPES.stream().mapToDouble(this::f1).average().orElseThrow();
    }

    double falseRunsPerDay() {
        return falseRuns.values().stream().mapToInt(i -> i).sum() / days;
    }

    private int count(AnomalyType truth, AnomalyType said) {
        return given.getOrDefault(truth, Map.of()).getOrDefault(said, 0);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "macro-F1 %.3f (%.2f/%.2f/%.2f), %.3f false runs a day %s, %s",
                macroF1(),
                f1(AnomalyType.SPIKE),
                f1(AnomalyType.TREND),
                f1(AnomalyType.SEASONAL),
                falseRunsPerDay(),
                falseRuns,
                given);
    }
}
