package dev.vedette.ingestion;

import dev.vedette.series.SeriesKey;

/** A series in words a person can search for, as a refusal points to it. */
final class SeriesText {
    private static final int MAX_LENGTH = 200;

    private SeriesText() {}

    /** Such as {@code cpu_usage{cluster="eu-1", node="web-17", core="0"}}, cut when long. */
    static String of(SeriesKey key) {
        StringBuilder text = new StringBuilder(key.metricName());
        text.append("{cluster=\"").append(key.clusterId());
        text.append("\", node=\"").append(key.nodeId()).append('"');
        key.labels()
                .pairs()
                .forEach((name, value) ->
                        text.append(", ").append(name).append("=\"").append(value).append('"'));
        text.append('}');
        return text.length() <= MAX_LENGTH ? text.toString() : text.substring(0, MAX_LENGTH) + "…";
    }
}
