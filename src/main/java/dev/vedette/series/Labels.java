package dev.vedette.series;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The name-value pairs that tell two series of the same node and metric apart. Immutable, sorted by
 * name, so two equal sets are equal however they were given.
 *
 * @param pairs sorted, unmodifiable
 */
public record Labels(SortedMap<String, String> pairs) {
    /** Most labels a series may carry. */
    public static final int MAX_COUNT = 32;

    /** Most characters of a label's name or value. */
    public static final int MAX_LENGTH = 256;

    /** No labels. */
    public static final Labels NONE = new Labels(Collections.emptySortedMap());

    /**
     * Validates and copies.
     *
     * @throws IllegalArgumentException when there are more than {@value #MAX_COUNT} pairs, a name
     *     is blank, a name or value is longer than {@value #MAX_LENGTH} characters or holds U+0000
     */
    public Labels {
        if (pairs.size() > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "a series may carry " + MAX_COUNT + " labels, has " + pairs.size());
        }
        pairs.forEach((name, value) -> {
            if (name.isBlank() || name.length() > MAX_LENGTH || value.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "label name must not be blank, name and value at most "
                                + MAX_LENGTH
                                + " characters, is '"
                                + name.substring(0, Math.min(40, name.length()))
                                + "'");
            }
        });
        pairs.forEach((name, value) -> {
            // neither PostgreSQL's text nor its jsonb can hold it
            if (name.indexOf(0) >= 0 || value.indexOf(0) >= 0) {
                throw new IllegalArgumentException("a label must not hold U+0000");
            }
        });
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    /** The labels of that map. */
    public static Labels of(Map<String, String> pairs) {
        return pairs.isEmpty() ? NONE : new Labels(new TreeMap<>(pairs));
    }
}
