package dev.vedette.http;

/** The page parameters that every list takes. */
public final class Pages {
    /** How many items a page has when the caller does not say. */
    public static final String DEFAULT_LIMIT = "100";

    /** The largest page. */
    public static final int MAX_LIMIT = 1000;

    private Pages() {}

    /**
     * Checks the {@code limit} parameter.
     *
     * @return the same limit
     * @throws ProblemException {@link ProblemKind#INVALID_REQUEST} when it is not in 1 to {@link
     *     #MAX_LIMIT}
     */
    public static int limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.invalid(
                    "?limit",
                    "out_of_range",
                    "limit must be 1 to " + MAX_LIMIT + ", is " + limit,
                    "ask for at most " + MAX_LIMIT + " and follow next_cursor");
        }
        return limit;
    }
}
