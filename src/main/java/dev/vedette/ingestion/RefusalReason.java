package dev.vedette.ingestion;

import java.util.Locale;

/** Why a point or a series was not stored. The codes are part of the HTTP contract. */
public enum RefusalReason {
    /** A field that every series needs is absent or empty. */
    REQUIRED_FIELD_MISSING("Send cluster_id, node_id, metric_name and points with every series."),
    /** A field holds another JSON type than it should. */
    WRONG_TYPE("Send names and labels as strings and points as an array of [time, value] pairs."),
    /** A cluster, node, metric or unit name is too long or has control characters. */
    NAME_INVALID("Use 1 to 256 printable characters."),
    /** Too many labels, or one that is too long or blank. */
    LABELS_INVALID("Use at most 32 labels with names and values of at most 256 characters."),
    /** A point is not a pair of time and value. */
    POINT_MALFORMED("Send each point as [time, value]."),
    /** The time is neither RFC 3339 nor epoch milliseconds. */
    TIMESTAMP_INVALID(
            "Send an RFC 3339 time such as \"2026-01-31T12:00:00Z\", or epoch milliseconds."),
    /** The time lies too far ahead of the service's clock. */
    TIMESTAMP_FUTURE("Check the sender's clock and time zone."),
    /** The time lies before what the service was told to keep. */
    TIMESTAMP_TOO_OLD("Send newer points, or ask for a longer retention."),
    /** The value is null: a gap. */
    VALUE_MISSING("Leave out points without a value; gaps are recognised by themselves."),
    /** The value is NaN, infinite or too large for a 64-bit float. */
    VALUE_NOT_FINITE("Send a finite number, or leave the point out."),
    /** The value is not a number. */
    VALUE_NOT_A_NUMBER("Send the value as a JSON number."),
    /** The value lies outside what its unit allows. */
    VALUE_OUT_OF_BOUNDS("Send percent as 0 to 100, counts as 0 or more, or correct the unit."),
    /** A histogram of a form that has no plain series: native or exponential. */
    NATIVE_HISTOGRAM("Send classic histograms: series of buckets, sum and count."),
    /** A change that is older than one already added to its running total. */
    DELTA_TOO_LATE("Send changes in the order of their times, or cumulative sums."),
    /** A line that is not of the line protocol. */
    LINE_MALFORMED("Send lines as measurement,tag=value field=1.5 1769860800000000000."),
    /** Storing the series would pass the tenant's limit of series. */
    TOO_MANY_SERIES("Remove labels with many values, or ask for a higher limit.");

    private final String fix;

    RefusalReason(String fix) {
        this.fix = fix;
    }

    /** The stable code of the API and of metric labels, in snake_case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the sender can do about it, one sentence. */
    public String fix() {
        return fix;
    }
}
