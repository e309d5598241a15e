package dev.vedette.dashboard;

import dev.vedette.http.ProblemException;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a form as they are sent, by field. A field's name is the pointer of the API's with
 * points for slashes, so that what the API refuses is refused at its field.
 *
 * @param values as the browser sends them
 * @param language of the reader, in which what cannot be read is refused
 */
record Sent(Map<String, List<String>> values, Language language) {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})\\s*(|s|min|h|d)");

    /** What came with that request. */
    static Sent of(RoutingContext context, Map<String, List<String>> values) {
        return new Sent(values, Visits.language(context));
    }

    /** A form that nothing was written into. */
    static Sent nothing(Language language) {
        return new Sent(Map.of(), language);
    }

    /** The one line of a field; empty when there is none. */
    String text(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        return all.isEmpty() ? "" : all.getFirst().strip();
    }

    /** The one line of a field, if anything stands in it. */
    Optional<String> set(String name) {
        return Optional.of(text(name)).filter(text -> !text.isEmpty());
    }

    /** What was chosen of several. */
    List<String> several(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    /** The lines of a field that hold something. */
    List<String> lines(String name) {
        return Arrays.stream(text(name).split("[\r\n]+", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** Whether a switch is on. */
    boolean isOn(String name) {
        return !text(name).isEmpty();
    }

    /** The revision that the form was filled from. */
    OptionalLong seen() {
        String seen = text("seen");
        return seen.matches("[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(seen))
                : OptionalLong.empty();
    }

    /**
     * A whole number.
     *
     * @throws ProblemException at the field, when it is none
     */
    Optional<Integer> whole(String name) {
        return set(name)
                .map(text -> {
                    if (!text.matches("-?[0-9]{1,9}")) {
                        throw refused(name, "whole", text);
                    }
                    return Integer.valueOf(text);
                });
    }

    /**
     * A length of time in seconds, such as {@code 90}, {@code 90 s}, {@code 15 min}, {@code 2 h}.
     *
     * @throws ProblemException at the field, when it is none
     */
    Optional<Long> seconds(String name) {
        return set(name).map(text -> seconds(name, text));
    }

    private long seconds(String name, String text) {
        Matcher span = SPAN.matcher(text);
        if (!span.matches()) {
            throw refused(name, "span", text);
        }
        long unit =
                switch (span.group(2)) {
                    case "min" -> 60;
                    case "h" -> 3600;
                    case "d" -> 86_400;
                    default -> 1;
                };
        return Long.parseLong(span.group(1)) * unit;
    }

    /** The text that {@link #seconds} reads, in the largest unit that has no rest. */
    static String span(long seconds) {
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + " s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + " h" : seconds / 60 + " min";
    }

    /**
     * A refusal at a field, in the reader's language.
     *
     * @param why the text {@code refused.<why>}; {@code refused.<why>.fix} says what to do instead
     * @param arguments what the places of both are filled with
     */
    ProblemException refused(String name, String why, Object... arguments) {
        return ProblemException.invalid(
                "/" + name.replace('.', '/'),
                "invalid_value",
                language.say("refused." + why, arguments),
                language.say("refused." + why + ".fix", arguments));
    }

    /** The name of the field that a pointer is about. */
    static String field(String pointer) {
        return pointer.startsWith("/") ? pointer.substring(1).replace('/', '.') : pointer;
    }
}
