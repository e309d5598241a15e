package dev.vedette.http;

import java.time.Instant;
import java.time.LocalDate;

/** How an answer writes times: the {@code time_format} parameter. */
public enum TimeFormat {
    /** RFC 3339 in UTC. */
    RFC3339,
    /** Whole milliseconds since 1970-01-01T00:00Z. */
    MS;

    private static final int DAY_MILLIS = 86_400_000;
    private static final int LATEST_YEAR = 9999;

    /**
     * Adds a time in milliseconds since 1970-01-01T00:00Z to JSON, in quotes where it needs them.
     */
    public void append(StringBuilder json, long epochMillis) {
        switch (this) {
            case MS -> json.append(epochMillis);
            case RFC3339 -> appendText(json.append('"'), epochMillis).append('"');
        }
    }

    // As Instant.toString, whose formatter takes twice the CPU and leaves objects for each time.
    private static StringBuilder appendText(StringBuilder json, long epochMillis) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochMillis, DAY_MILLIS));
        if (date.getYear() < 0 || date.getYear() > LATEST_YEAR) {
            return json.append(Instant.ofEpochMilli(epochMillis));
        }
        int millis = Math.floorMod(epochMillis, DAY_MILLIS);
        appendTwo(json, date.getYear() / 100);
        appendTwo(json, date.getYear() % 100);
        appendTwo(json.append('-'), date.getMonthValue());
        appendTwo(json.append('-'), date.getDayOfMonth());
        appendTwo(json.append('T'), millis / 3_600_000);
        appendTwo(json.append(':'), millis / 60_000 % 60);
        appendTwo(json.append(':'), millis / 1_000 % 60);
        int fraction = millis % 1_000;
        if (fraction != 0) {
            json.append('.').append((char) ('0' + fraction / 100));
            appendTwo(json, fraction % 100);
        }
        return json.append('Z');
    }

    private static void appendTwo(StringBuilder json, int number) {
        json.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /**
     * The format of that parameter.
     *
     * @param parameter {@code rfc3339} or {@code ms}
     * @throws ProblemException {@link ProblemKind#INVALID_REQUEST} when it is another text
     */
    public static TimeFormat of(String parameter) {
        return switch (parameter) {
            case "rfc3339" -> RFC3339;
            case "ms" -> MS;
            default ->
                    throw ProblemException.invalid(
                            "?time_format",
                            "unknown_value",
                            "time_format must be rfc3339 or ms, is '" + parameter + "'",
                            "send rfc3339 or ms, or leave it out");
        };
    }
}
