package dev.vedette.http;

/** How an answer writes times: the {@code time_format} parameter. */
public enum TimeFormat {
    /** RFC 3339 in UTC. */
    RFC3339,
    /** Whole milliseconds since 1970-01-01T00:00Z. */
    MS;

    /**
     * Adds a time in milliseconds since 1970-01-01T00:00Z to JSON, in quotes where it needs them.
     */
    public void append(JsonNumbers json, long epochMillis) {
        switch (this) {
            case MS -> json.add(epochMillis);
            case RFC3339 -> json.addTime(epochMillis);
        }
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
