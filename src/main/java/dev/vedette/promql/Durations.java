package dev.vedette.promql;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: 5m, 1h30m; units ms, s, m, h, d, w (7 d), y (365 d). */
public final class Durations {
    /** The form of a whole duration. */
    static final Pattern FORM = Pattern.compile("(\\d{1,12}(ms|[smhdwy]))+");

    private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdwy])");
    private static final Duration LONGEST = Duration.ofDays(3660);

    private Durations() {}

    /**
     * The duration of that text.
     *
     * @return above 0
     * @throws PromQlException when it is none, zero, or longer than ten years
     */
    public static Duration parse(String text) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(FORM.matcher(text).matches() ? text : "");
        try {
            while (part.find()) {
                sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
            }
        } catch (ArithmeticException e) {
            sum = Duration.ZERO;
        }
        if (sum.isZero() || sum.compareTo(LONGEST) > 0) {
            String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
            throw PromQlException.badData(
                    "cannot parse \""
                            + shown
                            + "\" to a valid duration, such as 5m, above 0 and up to ten years");
        }
        return sum;
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            case "w" -> Duration.ofDays(7);
            default -> Duration.ofDays(365);
        };
    }
}
