package dev.vedette.http;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A time in an answer, written as the caller asked.
 *
 * @param instant the time
 * @param format how it is written
 */
@Schema(
        name = "Time",
        type = SchemaType.STRING,
        format = "date-time",
        description = "RFC 3339 in UTC; with ?time_format=ms whole milliseconds since 1970",
        examples = "2026-11-21T08:15:00Z")
public record ApiTime(Instant instant, TimeFormat format) {
    /** The time of those milliseconds since 1970-01-01T00:00Z. */
    public static ApiTime ofEpochMilli(long epochMillis, TimeFormat format) {
        return new ApiTime(Instant.ofEpochMilli(epochMillis), format);
    }

    /** The value in JSON: a text or a whole number. */
    @JsonValue
    public Object json() {
        return switch (format) {
            case RFC3339 -> instant.toString();
            case MS -> instant.toEpochMilli();
        };
    }
}
