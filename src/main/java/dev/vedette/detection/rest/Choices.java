package dev.vedette.detection.rest;

import dev.vedette.http.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads parameters that have a few values. */
public final class Choices {
    private Choices() {}

    /**
     * The constant of that name in lower case.
     *
     * @param name of the parameter
     * @throws ProblemException when there is none; it lists what there is
     */
    public static <E extends Enum<E>> E of(String name, String text, E[] constants) {
        for (E constant : constants) {
            if (label(constant).equals(text)) {
                return constant;
            }
        }
        throw unknown(name, text, Arrays.stream(constants).map(Choices::label).toList());
    }

    /** Refuses a value that is not among those. */
    public static void require(String name, String text, List<String> known) {
        if (!known.contains(text)) {
            throw unknown(name, text, known);
        }
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static ProblemException unknown(String name, String text, List<String> known) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return ProblemException.invalid(
                "?" + name,
                "unknown_value",
                name + " must be " + String.join(", ", known) + ", is '" + shown + "'",
                "send one of " + String.join(", ", known));
    }
}
