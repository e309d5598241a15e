package dev.vedette.transaction.rule;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of one transaction, by the names of {@link FactNames}. A name without a value is
 * unknown: a rule whose answer depends on it does not fire. Not thread-safe while it is filled.
 */
public final class Facts {
    private final Map<String, Object> values = new HashMap<>();

    /** Says a text; null is the empty text. */
    public Facts text(String name, @Nullable String value) {
        values.put(name, value == null ? "" : value);
        return this;
    }

    /** Says a number; one that is not finite stays unknown. */
    public Facts number(String name, double value) {
        if (Double.isFinite(value)) {
            values.put(name, value);
        }
        return this;
    }

    /** Says yes or no. */
    public Facts truth(String name, boolean value) {
        values.put(name, value);
        return this;
    }

    /** Says a time. */
    public Facts time(String name, java.time.Instant value) {
        values.put(name, value);
        return this;
    }

    /** The value of that name; null when it is unknown. */
    @Nullable Object find(String name) {
        return values.get(name);
    }

    /** The same, empty when it is unknown. */
    Optional<Object> known(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
