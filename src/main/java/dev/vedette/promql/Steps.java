package dev.vedette.promql;

import java.time.Instant;

/**
 * The moments at which a query is answered.
 *
 * @param start first, milliseconds since 1970-01-01T00:00Z
 * @param width from one to the next, milliseconds, above 0
 * @param count how many, at least 1
 */
public record Steps(long start, long width, int count) {
    /** Most moments of one query, as Prometheus has it. */
    public static final int MOST = 11_000;

    /** One moment. */
    public static Steps at(Instant moment) {
        return new Steps(moment.toEpochMilli(), 1, 1);
    }

    /**
     * From one moment to another.
     *
     * @throws PromQlException when there are none or too many
     */
    public static Steps of(Instant from, Instant to, long width) {
        if (to.isBefore(from)) {
            throw PromQlException.badData("end timestamp must not be before start time");
        }
        long count = (to.toEpochMilli() - from.toEpochMilli()) / width + 1;
        if (count > MOST) {
            throw PromQlException.badData(
                    "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing"
                            + " the query resolution (?step=XX)");
        }
        return new Steps(from.toEpochMilli(), width, (int) count);
    }

    /** The moment of that index. */
    public long at(int index) {
        return start + index * width;
    }

    /** The last moment. */
    public long end() {
        return at(count - 1);
    }
}
