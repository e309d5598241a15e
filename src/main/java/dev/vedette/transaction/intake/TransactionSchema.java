package dev.vedette.transaction.intake;

import dev.vedette.transaction.Attributes;
import dev.vedette.transaction.rule.FactNames;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a tenant's transactions have to look like, beyond what all have.
 *
 * @param version from 1; 0 for the one that asks for nothing
 * @param fields by name: {@code amount}, {@code currency}, {@code merchant}, {@code country},
 *     {@code channel}
 * @param attributes the tenant's own, by name
 * @param otherAttributes whether attributes that are not listed are taken
 */
public record TransactionSchema(
        int version,
        SortedMap<String, FieldRule> fields,
        SortedMap<String, FieldRule> attributes,
        boolean otherAttributes) {
    /** Of a tenant that has none of its own. */
    public static final TransactionSchema OPEN =
            new TransactionSchema(
                    0, Collections.emptySortedMap(), Collections.emptySortedMap(), true);

    /** The fields that can be narrowed, and what each holds. */
    public static final Map<String, FieldRule.Type> FIELDS =
            Map.of(
                    "amount", FieldRule.Type.NUMBER,
                    "currency", FieldRule.Type.STRING,
                    "merchant", FieldRule.Type.STRING,
                    "country", FieldRule.Type.STRING,
                    "channel", FieldRule.Type.STRING);

    /**
     * Copies and checks the rules.
     *
     * @throws IllegalArgumentException when a field is not one of {@link #FIELDS} or of another
     *     type, there are too many attributes, or a rule could not name one
     */
    public TransactionSchema {
        fields.forEach((name, rule) -> {
            if (FIELDS.get(name) != rule.type()) {
                throw new IllegalArgumentException(
                        FIELDS.containsKey(name)
                                ? "the field '" + name + "' is a " + FIELDS.get(name).label()
                                : "'" + name + "' is no field; own ones belong under attributes");
            }
        });
        if (attributes.size() > Attributes.MOST) {
            throw new IllegalArgumentException(
                    "a schema has at most " + Attributes.MOST + " attributes");
        }
        for (String name : attributes.keySet()) {
            if (name.length() > Attributes.MOST_NAME_CHARACTERS
                    || name.contains(".")
                    || !FactNames.isWritable(name)) {
                throw new IllegalArgumentException(
                        "an attribute's name must be letters, digits and '_', at most "
                                + Attributes.MOST_NAME_CHARACTERS
                                + ", is '"
                                + name
                                + "'");
            }
        }
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** The same under another version. */
    public TransactionSchema as(int other) {
        return new TransactionSchema(other, fields, attributes, otherAttributes);
    }
}
