package dev.vedette.transaction.feature;

import dev.vedette.transaction.model.ModelReader;
import dev.vedette.transaction.model.ModelWriter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one feature.
 *
 * @param name of it in rules, answers and reasons: {@code a-z}, digits and underscores, starting
 *     with a letter, at most 64 characters
 * @param function what it computes
 * @param entity the field whose value names the entity: {@code account}, {@code merchant}, {@code
 *     country}, {@code channel}, {@code currency} or an attribute; null where the function needs
 *     none
 * @param window how far back; null where the function needs none
 * @param of the other field; null where the function needs none
 * @param judged whether a large value is strange: statistics and models look at judged features,
 *     rules at all
 */
public record FeatureSpec(
        String name,
        FeatureFunction function,
        @Nullable String entity,
        @Nullable FeatureWindow window,
        @Nullable String of,
        boolean judged) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final int MOST_FIELD_CHARACTERS = 64;

    /**
     * Checks that the function has what it needs and nothing else.
     *
     * @throws IllegalArgumentException when not; the message names the feature and the remedy
     */
    public FeatureSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a feature's name must be a letter and at most 63 of a-z, 0-9 and _, is '"
                            + name
                            + "'");
        }
        require(name, "entity", function, function.needsEntity(), entity);
        require(name, "window", function, function.needsWindow(), window);
        require(name, "of", function, function.needsField(), of);
        requireField(name, entity);
        requireField(name, of);
    }

    private static void require(
            String name,
            String what,
            FeatureFunction function,
            boolean needed,
            @Nullable Object is) {
        if (needed && is == null) {
            throw new IllegalArgumentException(
                    "feature %s: %s needs '%s'".formatted(name, function.id(), what));
        }
        if (!needed && is != null) {
            throw new IllegalArgumentException(
                    "feature %s: %s takes no '%s'; leave it out"
                            .formatted(name, function.id(), what));
        }
    }

    private static void requireField(String name, @Nullable String field) {
        if (field != null && (field.isBlank() || field.length() > MOST_FIELD_CHARACTERS)) {
            throw new IllegalArgumentException(
                    "feature %s: a field's name has 1 to %d characters"
                            .formatted(name, MOST_FIELD_CHARACTERS));
        }
    }

    /** Whether it is computed as the other is, whatever statistics and models make of the two. */
    public boolean isComputedAs(FeatureSpec other) {
        return equals(
                new FeatureSpec(
                        other.name, other.function, other.entity, other.window, other.of, judged));
    }

    /** Appends what it takes to compute it. */
    void write(ModelWriter out) {
        out.text(name)
                .text(function.id())
                .text(entity == null ? "" : entity)
                .text(window == null ? "" : window.id())
                .text(of == null ? "" : of);
    }

    /** What {@link #write} wrote, judged. */
    static FeatureSpec read(ModelReader in) {
        String name = in.text();
        String function = in.text();
        String entity = in.text();
        String window = in.text();
        String of = in.text();
        try {
            return new FeatureSpec(
                    name,
                    FeatureFunction.find(function)
                            .orElseThrow(() -> in.corrupt("there is no function " + function)),
                    entity.isEmpty() ? null : entity,
                    FeatureWindow.find(window).orElse(null),
                    of.isEmpty() ? null : of,
                    true);
        } catch (IllegalArgumentException e) {
            throw in.corrupt(String.valueOf(e.getMessage()));
        }
    }

    /** A judged feature of an entity. */
    public static FeatureSpec judged(String name, FeatureFunction function, String entity) {
        return new FeatureSpec(name, function, entity, null, null, true);
    }

    /** A judged feature of an entity and another field. */
    public static FeatureSpec judged(
            String name, FeatureFunction function, String entity, String of) {
        return new FeatureSpec(name, function, entity, null, of, true);
    }

    /** A judged feature of an entity over a window. */
    public static FeatureSpec judged(
            String name, FeatureFunction function, String entity, FeatureWindow window) {
        return new FeatureSpec(name, function, entity, window, null, true);
    }

    /** A feature of an entity over a window, for rules. */
    public static FeatureSpec known(
            String name, FeatureFunction function, String entity, FeatureWindow window) {
        return new FeatureSpec(name, function, entity, window, null, false);
    }
}
