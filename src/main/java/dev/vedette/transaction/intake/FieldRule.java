package dev.vedette.transaction.intake;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a tenant's schema asks of one field or attribute.
 *
 * @param type what it holds
 * @param required whether a transaction without it is refused
 * @param allowed the texts it may be; any when empty
 * @param minimum smallest number, inclusive
 * @param maximum largest number, inclusive
 */
public record FieldRule(
        Type type,
        boolean required,
        SortedSet<String> allowed,
        OptionalDouble minimum,
        OptionalDouble maximum) {
    /** Most texts that may be listed. */
    public static final int MOST_ALLOWED = 500;

    /** The kinds of values, named as JSON Schema does. */
    public enum Type {
        /** Text. */
        STRING,
        /** A finite number. */
        NUMBER,
        /** True or false. */
        BOOLEAN;

        /** The type in the API: the name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The type of that label. */
        public static Optional<Type> of(String label) {
            return Arrays.stream(values()).filter(type -> type.label().equals(label)).findFirst();
        }
    }

    /**
     * Copies and checks the rule.
     *
     * @throws IllegalArgumentException when it can never be kept, or lists too much
     */
    public FieldRule {
        allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
        if (allowed.size() > MOST_ALLOWED) {
            throw new IllegalArgumentException(
                    "enum has "
                            + allowed.size()
                            + " texts, at most "
                            + MOST_ALLOWED
                            + " are taken");
        }
        if (!allowed.isEmpty() && type != Type.STRING) {
            throw new IllegalArgumentException("enum goes with the type string only");
        }
        if ((minimum.isPresent() || maximum.isPresent()) && type != Type.NUMBER) {
            throw new IllegalArgumentException("minimum and maximum go with the type number only");
        }
        if (minimum.orElse(Double.NEGATIVE_INFINITY) > maximum.orElse(Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("minimum is above maximum");
        }
    }

    /** Asks for nothing but the type. */
    public static FieldRule of(Type type, boolean required) {
        return new FieldRule(
                type,
                required,
                Collections.emptySortedSet(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
