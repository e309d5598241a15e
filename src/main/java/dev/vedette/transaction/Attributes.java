package dev.vedette.transaction;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A transaction's own attributes, sorted by name, so that equal ones are written alike. Immutable.
 *
 * @param values by name; at most {@value #MOST}, names of 1 to {@value #MOST_NAME_CHARACTERS}
 *     characters
 */
public record Attributes(SortedMap<String, AttributeValue> values) {
    /** Most attributes of a transaction. */
    public static final int MOST = 64;

    /** Longest name of an attribute. */
    public static final int MOST_NAME_CHARACTERS = 64;

    /** No attributes. */
    public static final Attributes NONE = new Attributes(Collections.emptySortedMap());

    /**
     * Copies and checks the values.
     *
     * @throws IllegalArgumentException when there are too many, or a name is empty, too long or
     *     holds U+0000
     */
    public Attributes {
        if (values.size() > MOST) {
            throw new IllegalArgumentException(
                    values.size() + " attributes, at most " + MOST + " are taken");
        }
        for (String name : values.keySet()) {
            if (name.isEmpty() || name.length() > MOST_NAME_CHARACTERS) {
                throw new IllegalArgumentException(
                        "an attribute's name must have 1 to "
                                + MOST_NAME_CHARACTERS
                                + " characters, one has "
                                + name.length());
            }
            if (name.indexOf(0) >= 0) {
                throw new IllegalArgumentException("an attribute's name must not hold U+0000");
            }
        }
        values = Collections.unmodifiableSortedMap(new TreeMap<>(Map.copyOf(values)));
    }

    /** The attributes of any map. */
    public static Attributes of(Map<String, ? extends AttributeValue> values) {
        return new Attributes(new TreeMap<>(values));
    }

    /** The value of that name, if there is one. */
    public Optional<AttributeValue> find(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
