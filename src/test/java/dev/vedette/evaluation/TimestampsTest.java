package dev.vedette.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-05T00:00:00Z, 2026-01-05T00:00:00Z",
        "2026-01-05 00:00:00, 2026-01-05T00:00:00Z",
        "2026-01-05 00:00, 2026-01-05T00:00:00Z",
        "2026-01-05T02:30:00.25+02:30, 2026-01-05T00:00:00.250Z",
        "2026-01-04T19:00:00-0500, 2026-01-05T00:00:00Z",
        "2024-02-29T12:00:00.123456Z, 2024-02-29T12:00:00.123Z",
        "1767571200, 2026-01-05T00:00:00Z",
        "1767571200.5, 2026-01-05T00:00:00.500Z",
        "1767571200000, 2026-01-05T00:00:00Z"
    })
    void everyFormIsRead(String text, Instant expected) {
        assertEquals(expected.toEpochMilli(), Timestamps.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01T00:00:00Z",
                "2026-01-05X00:00:00",
                "2026-01-05T00:0a:00Z",
                "2026-01-05T00:00:00+1",
                "2026-01-05T00:00:00?",
                "-5",
                "1e300"
            })
    void nothingElseIs(String text) {
        assertThrows(NumberFormatException.class, () -> Timestamps.parse(text));
    }

    @Test
    void everyDayIsTheCalendarsDay() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            Instant instant =
                    Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 9_000_000_000L));
            assertEquals(instant.toEpochMilli(), Timestamps.parse(instant.toString()));
        }
    }
}
