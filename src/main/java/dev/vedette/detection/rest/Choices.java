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
     * @param name of the query parameter, or the JSON pointer of the body's field
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

    /**
     * A share in [0,1], as it was sent.
     *
     * @param name of the query parameter
     */
    public static double share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw ProblemException.invalid(
                    "?" + name,
                    "out_of_range",
                    name + " must be 0 to 1, is " + value,
                    "send a number from 0 to 1");
        }
        return value;
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static ProblemException unknown(String name, String text, List<String> known) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        boolean isPointer = name.startsWith("/");
        String plain = isPointer ? name.substring(1) : name;
        return ProblemException.invalid(
                isPointer ? name : "?" + name,
                "unknown_value",
                plain + " must be " + String.join(", ", known) + ", is '" + shown + "'",
                "send one of " + String.join(", ", known));
    }
}
