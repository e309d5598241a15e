package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeFormatTest {
    private static String text(TimeFormat format, long epochMillis) {
        JsonNumbers json = new JsonNumbers(0);
        format.append(json, epochMillis);
        return json.toString();
    }

    private static void sameAsInstant(long epochMillis) {
        assertEquals(
                '"' + Instant.ofEpochMilli(epochMillis).toString() + '"',
                text(TimeFormat.RFC3339, epochMillis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2024-02-29T23:59:59.001Z",
                "2026-11-22T09:08:07.120Z",
                "0000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "9999-12-31T23:59:59.999Z",
                "+10000-01-01T00:00:00Z"
            })
    void edgesAreWrittenAsAnInstantWritesThem(String time) {
        sameAsInstant(Instant.parse(time).toEpochMilli());
    }

    @Test
    void anyTimeIsWrittenAsAnInstantWritesIt() {
        Random random = new Random(4);
        for (int i = 0; i < 10_000; i++) {
            sameAsInstant(random.nextLong(-70_000_000_000_000L, 260_000_000_000_000L));
        }
    }

    @Test
    void millisecondsAreANumber() {
        assertEquals("-1", text(TimeFormat.MS, -1));
    }
}
