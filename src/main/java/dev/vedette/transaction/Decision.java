package dev.vedette.transaction;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one decision made of statistics, models and rules.
 *
 * @param score fused and calibrated, in [0,1]
 * @param outcome what is to be done
 * @param reasons what spoke against the transaction, the largest weight first
 * @param parts score of each part that judged, in [0,1]: {@code statistics}, {@code model:<name>},
 *     {@code rules}; shadows too
 * @param versions what judged, by part: version of each model, of the features and of the schema
 */
public record Decision(
        double score,
        Outcome outcome,
        List<Reason> reasons,
        SortedMap<String, Double> parts,
        SortedMap<String, String> versions) {
    /** What the name of a part begins with that is told and does not count. */
    public static final String SHADOW = "shadow:";

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException when the score is outside of its range
     */
    public Decision {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be in [0,1], is " + score);
        }
        reasons = List.copyOf(reasons);
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(parts)));
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(versions)));
    }

    /** The parts that made the score: all but the shadows. */
    public SortedMap<String, Double> acting() {
        TreeMap<String, Double> acting = new TreeMap<>(parts);
        acting.keySet().removeIf(part -> part.startsWith(SHADOW));
        return acting;
    }
}
